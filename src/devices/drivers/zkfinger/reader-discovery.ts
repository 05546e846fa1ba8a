import { ServiceError, toServiceError } from '../../../protocol/errors.ts';
import { type FindReadersOptions, findReaders } from './find-readers.ts';
import type { ReaderTable } from './reader-table.ts';
import type { UsbDevice, UsbPresence } from './usb/usb-presence.ts';

export interface ReaderDiscoveryOptions extends FindReadersOptions {
	readonly presence: UsbPresence;
	readonly readers: ReaderTable;
	/** The system cannot tell any more what is plugged in. */
	readonly onCrashed: (error: ServiceError) => void;
}

/** From a failed look at a sensor until the system has noticed that the reader is unplugged, ms. */
const NOTICE_MS = 50;

/** Between two scans where the system does not tell what is plugged in, ms: what a known bridge of this library waits. */
const BLIND_SCAN_INTERVAL_MS = 10_000;

/**
 * Keeps the table of readers true, from `start` to `stop`.
 *
 * A look asks the system what is on the bus, which is cheap; a scan starts the library afresh, which alone makes it notice
 * what came or went, and costs every reader its handle. A look leads to a scan when the bus has changed, when a reader did
 * not open, and at the start if a library is set; but not while a finger is awaited: then once that is over.
 */
export class ReaderDiscovery {
	private readonly options: ReaderDiscoveryOptions;
	private isStopped = false;
	private stopWatching = () => {};
	private looking: Promise<void> | undefined;
	private isLookWanted = false;
	/** A look found a scan due while a finger was awaited. */
	private isLookDeferred = false;
	/** Scan, whatever the bus says. */
	private isScanWanted: boolean;
	private lastScanAt = 0;
	/** What was on the bus at the last scan; undefined = the system did not tell. */
	private scanned: readonly UsbDevice[] | undefined = [];

	constructor(options: ReaderDiscoveryOptions) {
		this.options = options;
		this.isScanWanted = options.isLibrarySet;
	}

	start(): void {
		this.stopWatching = this.options.presence.watch(() => this.look());
		this.look();
	}

	/** Resolves once the look under way is over; the link should be closed before, lest it waits for a slow library. */
	async stop(): Promise<void> {
		this.isStopped = true;
		this.stopWatching();
		await this.looking;
	}

	/** Resolves once no look is under way. */
	async idle(): Promise<void> {
		await this.looking;
	}

	/** Something speaks against what the table says. */
	lookAndScan(): void {
		this.isScanWanted = true;
		this.look();
	}

	/** Nobody waits for a finger any more. */
	onIdle(): void {
		if (!this.isLookDeferred) return;
		this.isLookDeferred = false;
		this.look();
	}

	/** @returns DEVICE_DISCONNECTED if something was unplugged since the last scan: what the library says of that is not known */
	async explain(error: ServiceError): Promise<ServiceError> {
		if (error.error !== 'DEVICE_INIT_FAILED' && error.error !== 'DEVICE_TIMEOUT') return error;
		await new Promise<void>((resolve) => this.options.clock.after(NOTICE_MS, resolve));
		// A system that cannot tell any more is the business of the next look.
		const present = await this.options.presence.list().catch(() => undefined);
		const isAnyGone = present !== undefined && this.scanned?.some((device) => !isAmong(device, present));
		return isAnyGone ? new ServiceError('DEVICE_DISCONNECTED') : error;
	}

	/** Look now, or once the look under way is over. */
	private look(): void {
		this.isLookWanted = true;
		this.looking ??= this.lookWhileWanted().finally(() => {
			this.looking = undefined;
		});
	}

	private async lookWhileWanted(): Promise<void> {
		try {
			while (this.isLookWanted && !this.isStopped) {
				this.isLookWanted = false;
				await this.lookOnce();
			}
		} catch (thrown) {
			if (!this.isStopped) this.options.onCrashed(toServiceError(thrown));
		}
	}

	private async lookOnce(): Promise<void> {
		const { presence, readers } = this.options;
		const present = await presence.list();
		if (this.isStopped) return;
		if (this.areAllGone(present)) this.departAll();
		if (!this.isScanDue(present)) return;
		this.isLookDeferred = readers.isInUse;
		if (!this.isLookDeferred) await this.scan(present);
	}

	/** Then nobody needs to wait for the scan, which may not come while a finger is awaited. */
	private areAllGone(present: readonly UsbDevice[] | undefined): boolean {
		if (present === undefined || this.scanned === undefined || this.scanned.length === 0) return false;
		return this.scanned.every((device) => !isAmong(device, present));
	}

	private departAll(): void {
		const { readers } = this.options;
		this.scanned = [];
		readers.departUsable();
		// Whether what is out of order concerns anybody now, the scan tells.
		if (!readers.isEmpty) this.isScanWanted = true;
	}

	private isScanDue(present: readonly UsbDevice[] | undefined): boolean {
		const { scanned } = this;
		if (this.isScanWanted) return true;
		if (present === undefined || scanned === undefined) return this.isBlindScanDue();
		return present.length !== scanned.length || !present.every((device) => isAmong(device, scanned));
	}

	/** Readers that work are left in peace: one that is unplugged fails when it is used. */
	private isBlindScanDue(): boolean {
		const { isLibrarySet, readers, clock } = this.options;
		return isLibrarySet && readers.isEmpty && clock.now() - this.lastScanAt >= BLIND_SCAN_INTERVAL_MS;
	}

	private async scan(present: readonly UsbDevice[] | undefined): Promise<void> {
		this.isScanWanted = false;
		this.scanned = present;
		this.lastScanAt = this.options.clock.now();
		const found = await findReaders(present, this.options);
		if (!this.isStopped && !this.options.readers.update(found)) this.isScanWanted = true;
	}
}

function isAmong(device: UsbDevice, devices: readonly UsbDevice[]): boolean {
	return devices.some(({ address }) => address === device.address);
}
