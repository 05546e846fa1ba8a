import type { ServiceError } from '../../../../protocol/errors.ts';

/**
 * An open HID device. Every promise that rejects does so with a `ServiceError`.
 *
 * A report that is sent starts with the report id, 00 for a device without report ids. A received report starts with the
 * report id only if the device has report ids.
 */
export interface HidPort {
	/**
	 * Resolves with the reason when the port has closed: DEVICE_DISCONNECTED when the device was unplugged,
	 * DEVICE_INIT_FAILED when `close` was called or the system revoked the device. Never rejects. Afterwards no report
	 * arrives, and every call except `close` rejects with the same reason.
	 */
	readonly closed: Promise<ServiceError>;

	/** Sets the listener for input reports, replacing an earlier one. Reports without a listener are dropped. */
	onReport(listener: (report: Uint8Array) => void): void;

	/**
	 * Sends an output report.
	 *
	 * @param report report id, then the data at the full size of the report
	 * @throws ServiceError the reason of `closed`, or DEVICE_INIT_FAILED
	 */
	write(report: Uint8Array): Promise<void>;

	/** Sends a feature report. @param report report id, then the data. @throws ServiceError as `write` */
	sendFeatureReport(report: Uint8Array): Promise<void>;

	/**
	 * Reads a feature report.
	 *
	 * @param length number of bytes to request, including the report id
	 * @returns at most `length` bytes, the report id first
	 * @throws ServiceError as `write`
	 */
	getFeatureReport(reportId: number, length: number): Promise<Uint8Array>;

	/** Closes the device; idempotent. Resolves, and never rejects, once the handle is closed, also for an unplugged device. */
	close(): Promise<void>;
}

/** Opens the device; each call returns a new port. @throws ServiceError DEVICE_INIT_FAILED with reason and remedy */
export type OpenHidPort = () => Promise<HidPort>;
