import type { ServiceError } from '../../../../protocol/errors.ts';

/**
 * One opened HID device: reports in, reports out, and one end. Every promise that rejects does so with a `ServiceError`.
 *
 * Byte 0 of what is sent is the report id, 00 for a device without report ids. What is received starts with the report
 * id only if the device has report ids; a device without them delivers the bare data.
 */
export interface HidPort {
	/**
	 * Resolves once, with the reason, when the port has ended: DEVICE_DISCONNECTED when the device is gone,
	 * DEVICE_INIT_FAILED when `close` was called or the system took the device away. Never rejects; asked late, it still
	 * tells. From then on no report comes in, and every call but `close` rejects with the same reason.
	 */
	readonly closed: Promise<ServiceError>;

	/** Hand each input report to `listener`, which takes the place of an earlier one; reports without a listener are dropped. */
	onReport(listener: (report: Uint8Array) => void): void;

	/** @param report report id, then the data at the full size of the report. @throws ServiceError why `closed` or DEVICE_INIT_FAILED */
	write(report: Uint8Array): Promise<void>;

	/** @param report report id, then the data. @throws ServiceError as `write` */
	sendFeatureReport(report: Uint8Array): Promise<void>;

	/**
	 * @param length bytes to ask for, the report id included
	 * @returns at most so many bytes, the report id first
	 * @throws ServiceError as `write`
	 */
	getFeatureReport(reportId: number, length: number): Promise<Uint8Array>;

	/** Give the device back; idempotent, resolves (never rejects) once the handle is closed, also for a device that is gone. */
	close(): Promise<void>;
}

/** Opens the device anew each time. @throws ServiceError DEVICE_INIT_FAILED with the reason and the remedy */
export type OpenHidPort = () => Promise<HidPort>;
