import type { GreyImage } from '../biometrics/worker-engine.ts';
import type { ServiceError } from '../protocol/errors.ts';

/** A reader's description of itself; constant while it is plugged in. */
export interface ReaderInfo {
	/** Stable name of the driver, such as `virtual` or `hid`. Together with the serial number it identifies the reader. */
	readonly driver: string;
	/** Unique among the readers of one driver. */
	readonly serialNumber: string;
	/** Human-readable product name. */
	readonly model: string;
	readonly firmwareVersion: string;
	/** True if the reader synthesises its fingerprints. Test keys can use only such readers. */
	readonly isVirtual: boolean;
}

/**
 * The port that every kind of fingerprint reader implements. It has five members and does not depend on scans, quality or clients.
 *
 * The owner (the registry) opens a reader when it arrives and closes it when it departs; it makes one call at a time. A scan
 * passes the same `signal` to all of its calls and aborts it when the scan has ended, whatever the result.
 */
export interface Reader {
	readonly info: ReaderInfo;

	/** Makes the reader ready. @throws ServiceError DEVICE_INIT_FAILED, DEVICE_TIMEOUT */
	open(): Promise<void>;

	/** Releases the reader; idempotent, and safe if it was never opened, failed to open or is unplugged. */
	close(): Promise<void>;

	/**
	 * Resolves with an image as soon as a finger is on the reader; immediately if one is there already.
	 *
	 * @param signal aborting it rejects the call immediately with the signal's reason
	 * @throws ServiceError DEVICE_DISCONNECTED when unplugged, DEVICE_TIMEOUT or DEVICE_INIT_FAILED on a fault
	 */
	nextTouch(signal: AbortSignal): Promise<GreyImage>;

	/** Resolves once no finger is on the reader; `signal` and errors as for `nextTouch`. */
	waitForLift(signal: AbortSignal): Promise<void>;
}

/** What a driver reports to its owner. A departed `Reader` is never reported again; a replugged reader is a new `Reader`. */
export interface ReaderDriverEvents {
	arrived(reader: Reader): void;
	/** @param reason human-readable, such as "Device unplugged" */
	departed(reader: Reader, reason: string): void;
	/** The reader is still plugged in but must be closed and opened again. */
	faulted(reader: Reader, error: ServiceError): void;
	/** The driver cannot continue and reports nothing more. Its owner stops it and starts it again after a delay. */
	crashed(error: ServiceError): void;
}

/** What a driver reports about its own state; `doctor` prints it. */
export interface DriverDescription {
	/** Same word as in `ReaderInfo.driver`. */
	readonly driver: string;
	/**
	 * State of the driver.
	 *
	 * - `disabled`: the settings disable the driver.
	 * - `not-installed`: the library of the driver is missing, and nothing on this machine needs it.
	 * - `unavailable`: the driver is enabled and needed, but cannot work.
	 */
	readonly state: 'working' | 'disabled' | 'not-installed' | 'unavailable';
	/** Why the driver does not work and what to do; set when `state` is `not-installed` or `unavailable`. */
	readonly reason?: string;
	/** True if the readers of the driver need no hardware. */
	readonly isVirtual: boolean;
	/** Human-readable facts, such as the version of its library. */
	readonly facts?: readonly string[];
	/** A human-readable sentence for each plugged-in device that the driver does not report as a reader. */
	readonly ignoredDevices?: readonly string[];
}

/**
 * A family of readers that are found and accessed in the same way.
 *
 * Its owner calls `start` and `stop` alternately, any number of times, and never while the other one is running.
 */
export interface ReaderDriver {
	/** Same word as in `ReaderInfo.driver`. */
	readonly name: string;
	/** Reports the plugged-in readers, then every change, until `stop`. @throws ServiceError if the driver cannot work at the moment */
	start(events: ReaderDriverEvents): Promise<void>;
	/** Ends all reports; idempotent, and safe after a failed start. The owner closes readers that are open. */
	stop(): Promise<void>;
	/**
	 * Describes the state of the driver, started or not; opens no reader and never rejects. While the driver is started, the
	 * description waits until each device that is plugged in has been reported or ignored.
	 */
	describe(): Promise<DriverDescription>;
}
