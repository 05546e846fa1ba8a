import { ServiceError, toServiceError } from '../../../protocol/errors.ts';
import { type FindReadersOptions, findReaders } from './find-readers.ts';
import type { ReaderTable } from './reader-table.ts';
import type { UsbDevice, UsbPresence } from './usb/usb-presence.ts';

export interface ReaderDiscoveryOptions extends FindReadersOptions {
	readonly presence: UsbPresence;
	readonly readers: ReaderTable;
	/** Called when the system can no longer list USB devices. */
	readonly onCrashed: (error: ServiceError) => void;
}

/** How long the system may take to report that a reader is unplugged after a capture has failed, ms. */
const UNPLUG_DETECTION_DELAY_MS = 50;

/** Interval between scans where the system cannot list USB devices, ms; another program with this library uses the same. */
const FALLBACK_SCAN_INTERVAL_MS = 10_000;

/**
 * Keeps the table of readers up to date, from `start` to `stop`.
 *
 * A check lists the USB devices, which is cheap. A scan restarts the library, which only then notices arrivals and
 * departures, and which invalidates the handles of all readers. A check triggers a scan when the USB devices have changed,
 * when a reader did not open, and at the start if the settings name a library. While a call waits for a finger the scan is
 * deferred until the call has ended.
 */
export class ReaderDiscovery {
	private readonly options: ReaderDiscoveryOptions;
	private isStopped = false;
	private stopWatching = () => {};
	private checking: Promise<void> | undefined;
	private isCheckWanted = false;
	/** Whether a scan became due while a call waited for a finger. */
	private isCheckDeferred = false;
	/** Whether to scan even if the USB devices have not changed. */
	private isScanWanted: boolean;
	/** Monotonic, ms. */
	private lastScanMonotonic = Number.NEGATIVE_INFINITY;
	/** The USB devices at the last scan; undefined if the system could not list them. */
	private lastPresent: readonly UsbDevice[] | undefined = [];

	constructor(options: ReaderDiscoveryOptions) {
		this.options = options;
		this.isScanWanted = options.isLibrarySet;
	}

	start(): void {
		this.stopWatching = this.options.presence.watch(() => this.requestCheck());
		this.requestCheck();
	}

	/** Resolves once the current check has ended. Close the connection as well, so that a slow library does not delay it. */
	async stop(): Promise<void> {
		this.isStopped = true;
		this.stopWatching();
		await this.checking;
	}

	/** Resolves once the current check has ended. */
	async idle(): Promise<void> {
		await this.checking;
	}

	/** Scans as soon as possible, because the table may be out of date. */
	requestScan(): void {
		this.isScanWanted = true;
		this.requestCheck();
	}

	/** Runs a deferred check; to be called when no call waits for a finger any more. */
	onIdle(): void {
		if (!this.isCheckDeferred) return;
		this.isCheckDeferred = false;
		this.requestCheck();
	}

	/** Returns DEVICE_DISCONNECTED if a reader was unplugged since the last scan, because it is undocumented how the library reports this; else the error. */
	async classifyError(error: ServiceError): Promise<ServiceError> {
		if (error.error !== 'DEVICE_INIT_FAILED' && error.error !== 'DEVICE_TIMEOUT') return error;
		await new Promise<void>((resolve) => this.options.clock.after(UNPLUG_DETECTION_DELAY_MS, resolve));
		// If the system can no longer list devices, the next check reports that.
		const present = await this.options.presence.list().catch(() => undefined);
		const isAnyGone = present !== undefined && this.lastPresent?.some((device) => !isAmong(device, present));
		return isAnyGone ? new ServiceError('DEVICE_DISCONNECTED') : error;
	}

	/** Checks now, or once the current check has ended. */
	private requestCheck(): void {
		this.isCheckWanted = true;
		this.checking ??= this.checkWhileWanted().finally(() => {
			this.checking = undefined;
		});
	}

	private async checkWhileWanted(): Promise<void> {
		try {
			while (this.isCheckWanted && !this.isStopped) {
				this.isCheckWanted = false;
				await this.check();
			}
		} catch (thrown) {
			if (!this.isStopped) this.options.onCrashed(toServiceError(thrown));
		}
	}

	private async check(): Promise<void> {
		const { presence, readers } = this.options;
		const present = await presence.list();
		if (this.isStopped) return;
		if (this.areAllUnplugged(present)) this.reportAllUnplugged();
		if (!this.isScanDue(present)) return;
		this.isCheckDeferred = readers.isInUse;
		if (!this.isCheckDeferred) await this.scan(present);
	}

	/** Returns whether every reader is unplugged; this is reported without a scan, which a waiting call may defer. */
	private areAllUnplugged(present: readonly UsbDevice[] | undefined): boolean {
		if (present === undefined || this.lastPresent === undefined || this.lastPresent.length === 0) return false;
		return this.lastPresent.every((device) => !isAmong(device, present));
	}

	private reportAllUnplugged(): void {
		const { readers } = this.options;
		this.lastPresent = [];
		readers.departWorking();
		// A scan decides whether the remaining unavailable readers are still to be shown.
		if (!readers.isEmpty) this.isScanWanted = true;
	}

	private isScanDue(present: readonly UsbDevice[] | undefined): boolean {
		const { lastPresent: scanned } = this;
		if (this.isScanWanted) return true;
		if (present === undefined || scanned === undefined) return this.isFallbackScanDue();
		return present.length !== scanned.length || !present.every((device) => isAmong(device, scanned));
	}

	/** Returns whether to scan without a list of USB devices: never while there are readers, which a scan would disturb. */
	private isFallbackScanDue(): boolean {
		const { isLibrarySet, readers, clock } = this.options;
		const sinceScanMs = clock.monotonic() - this.lastScanMonotonic;
		return isLibrarySet && readers.isEmpty && sinceScanMs >= FALLBACK_SCAN_INTERVAL_MS;
	}

	private async scan(present: readonly UsbDevice[] | undefined): Promise<void> {
		this.isScanWanted = false;
		this.lastPresent = present;
		this.lastScanMonotonic = this.options.clock.monotonic();
		const found = await findReaders(present, this.options);
		if (!this.isStopped && !this.options.readers.update(found)) this.isScanWanted = true;
	}
}

function isAmong(device: UsbDevice, devices: readonly UsbDevice[]): boolean {
	return devices.some(({ address }) => address === device.address);
}
