import type { GreyImage } from '../biometrics/worker-engine.ts';
import type { ServiceError } from '../protocol/errors.ts';

/** What a reader says of itself; fixed for as long as it is plugged in. */
export interface ReaderInfo {
	/** Stable name of the driver, such as `virtual` or `hid`: one half of what a device id is remembered by. */
	readonly driver: string;
	/** The other half: unique among the readers of one driver. */
	readonly serialNumber: string;
	/** Product name for a person. */
	readonly model: string;
	readonly firmwareVersion: string;
	/** True for a reader that draws its fingerprints; test keys see only these. */
	readonly isVirtual: boolean;
}

/**
 * The port each kind of fingerprint reader fits: five members, no knowledge of scans, quality or clients.
 *
 * The owner (the registry) opens a reader once it arrives and closes it once it leaves; it issues one command at a time.
 * A scan hands the same `signal` to all of its calls and aborts it when the scan is over, however it ended.
 */
export interface Reader {
	readonly info: ReaderInfo;

	/** Make the reader ready. @throws ServiceError DEVICE_INIT_FAILED, DEVICE_TIMEOUT */
	open(): Promise<void>;

	/** Release it; idempotent, safe on a reader that was never opened, failed to open or is gone. */
	close(): Promise<void>;

	/**
	 * Resolves with a picture as soon as a finger rests on the sensor; at once when one rests there already.
	 *
	 * @param signal aborting it rejects the call with the signal's reason, promptly
	 * @throws ServiceError DEVICE_DISCONNECTED when unplugged, DEVICE_TIMEOUT or DEVICE_INIT_FAILED on a fault
	 */
	nextTouch(signal: AbortSignal): Promise<GreyImage>;

	/** Resolves once no finger rests on the sensor; errors and `signal` as for `nextTouch`. */
	waitForLift(signal: AbortSignal): Promise<void>;
}

/** What a driver tells its owner. A reader that departed is never reported again; a replugged one is a new `Reader`. */
export interface ReaderDriverEvents {
	arrived(reader: Reader): void;
	/** @param reason for a person, such as "Device unplugged" */
	departed(reader: Reader, reason: string): void;
	/** The reader is still there but needs to be closed and opened again. */
	faulted(reader: Reader, error: ServiceError): void;
	/** The driver cannot go on and reports nothing more. Its owner stops it, and starts it again after a pause. */
	crashed(error: ServiceError): void;
}

/** What a driver reports about its own state; `doctor` prints it. */
export interface DriverDescription {
	/** Same word as in `ReaderInfo.driver`. */
	readonly driver: string;
	/**
	 * - `disabled`: the settings switch it off.
	 * - `not-installed`: its library is missing, and nothing on this machine needs it.
	 * - `unavailable`: it cannot work although it should.
	 */
	readonly state: 'working' | 'disabled' | 'not-installed' | 'unavailable';
	/** Why it does not work and what to do; set when `not-installed` or `unavailable`. */
	readonly reason?: string;
	/** True if its readers need no hardware. */
	readonly isVirtual: boolean;
	/** Human-readable facts, such as the version of its library. */
	readonly facts?: readonly string[];
	/** A human-readable sentence for each plugged-in device that it does not report as a reader. */
	readonly ignoredDevices?: readonly string[];
}

/**
 * A family of readers that are found and spoken to in the same way.
 *
 * Its owner calls `start` and `stop` by turns, as often as the service or the system wants, and never one during the other.
 */
export interface ReaderDriver {
	/** Same word as in `ReaderInfo.driver`. */
	readonly name: string;
	/** Report the readers that are there, then every change, until `stop`. @throws ServiceError if it cannot work here and now */
	start(events: ReaderDriverEvents): Promise<void>;
	/** No event after it resolves; idempotent, safe after a start that failed. Open readers stay their owner's to close. */
	stop(): Promise<void>;
	/**
	 * Describes the state of the driver, started or not; opens no reader and never rejects. While the driver is started, the
	 * description waits until each device that is plugged in has been reported or ignored.
	 */
	describe(): Promise<DriverDescription>;
}
