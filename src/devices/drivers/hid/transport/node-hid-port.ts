import { access, constants } from 'node:fs/promises';
import { codeOf, reasonOf } from '../../../../config/system-error.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { HidPort } from './hid-port.ts';
import { loadNodeHid } from './load-node-hid.ts';

/** The part of an opened device of node-hid that the port uses; the numbers it resolves with are of no use. */
export interface HidHandle {
	on(event: 'data', listener: (report: Uint8Array) => void): unknown;
	on(event: 'error', listener: (error: unknown) => void): unknown;
	write(report: Buffer): Promise<number>;
	sendFeatureReport(report: Buffer): Promise<number>;
	getFeatureReport(reportId: number, length: number): Promise<Buffer>;
	close(): Promise<void>;
}

/** A write to a device that is gone fails a moment before the reading side tells so, ms; measured: 10. */
const UNPLUG_NOTICE_DELAY_MS = 100;
/** A device node is there before the system has given out its rights: how long that may take, and how often to look, ms. */
const PERMISSION_TIMEOUT_MS = 1_000;
const PERMISSION_POLL_INTERVAL_MS = 50;

/** A device opened by node-hid as a `HidPort`. */
export class NodeHidPort implements HidPort {
	readonly closed: Promise<ServiceError>;
	private readonly handle: HidHandle;
	private readonly clock: Clock;
	private listener: ((report: Uint8Array) => void) | undefined;
	private closeReason: ServiceError | undefined;
	private resolveClosed: (reason: ServiceError) => void = () => {};
	/** What rejects the calls under way. */
	private readonly pendingCalls = new Set<(reason: ServiceError) => void>();
	private closing: Promise<void> | undefined;

	constructor(handle: HidHandle, clock: Clock) {
		this.handle = handle;
		this.clock = clock;
		this.closed = new Promise((resolve) => {
			this.resolveClosed = resolve;
		});
		// Listening is what makes the library read, and thereby notice that a device is gone; it tells so once, with a mere text.
		handle.on('data', (report) => this.listener?.(report));
		handle.on('error', (cause) => this.finish(new ServiceError('DEVICE_DISCONNECTED', { cause })));
	}

	onReport(listener: (report: Uint8Array) => void): void {
		if (!this.closeReason) this.listener = listener;
	}

	async write(report: Uint8Array): Promise<void> {
		await this.call(() => this.handle.write(Buffer.from(report)));
	}

	async sendFeatureReport(report: Uint8Array): Promise<void> {
		await this.call(() => this.handle.sendFeatureReport(Buffer.from(report)));
	}

	async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
		return this.call(() => this.handle.getFeatureReport(reportId, length));
	}

	close(): Promise<void> {
		this.finish(new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is not open' }));
		this.closing ??= this.closeHandle();
		return this.closing;
	}

	private async closeHandle(): Promise<void> {
		// The library begins to read one tick after somebody listens; a device closed before throws there, where nobody catches it.
		await new Promise<void>((resolve) => process.nextTick(resolve));
		// What is gone may refuse to be closed, and there is nothing left to give back.
		await this.handle.close().catch(() => {});
	}

	private finish(reason: ServiceError): void {
		if (this.closeReason) return;
		this.closeReason = reason;
		this.listener = undefined;
		this.resolveClosed(reason);
		for (const reject of [...this.pendingCalls]) reject(reason);
	}

	private call<T>(run: () => Promise<T>): Promise<T> {
		if (this.closeReason) return Promise.reject(this.closeReason);
		return new Promise((resolve, reject) => {
			let cancelDelay = () => {};
			const rejectCall = (reason: ServiceError) => {
				this.pendingCalls.delete(rejectCall);
				cancelDelay();
				reject(reason);
			};
			this.pendingCalls.add(rejectCall);
			run().then(
				(result) => {
					this.pendingCalls.delete(rejectCall);
					resolve(result);
				},
				(cause: unknown) => {
					if (this.closeReason) return;
					cancelDelay = this.clock.after(UNPLUG_NOTICE_DELAY_MS, () => rejectCall(reportRejected(cause)));
				},
			);
		});
	}
}

export interface OpenNodeHidPortOptions {
	readonly clock: Clock;
	/** Default: the HID library. */
	readonly open?: (path: string) => Promise<HidHandle>;
	/** Rejects with an error of the system: EACCES without the right to open `path`, ENOENT if it is gone. Default: asks the file system. */
	readonly checkPermission?: (path: string) => Promise<void>;
}

/**
 * Open a device by the path it is listed with.
 *
 * @throws ServiceError DEVICE_INIT_FAILED with the reason and the remedy; DEVICE_DISCONNECTED when it is gone, where that can be told
 */
export async function openNodeHidPort(path: string, options: OpenNodeHidPortOptions): Promise<HidPort> {
	const { clock, open = openByNodeHid, checkPermission = checkNodePermission } = options;
	await waitForPermission(path, clock, checkPermission);
	try {
		return new NodeHidPort(await open(path), clock);
	} catch (thrown) {
		if (thrown instanceof ServiceError) throw thrown;
		throw new ServiceError('DEVICE_INIT_FAILED', {
			message: `The HID device ${path} cannot be opened (${reasonOf(thrown)}): close other programs that use it, or replug it`,
			cause: thrown,
		});
	}
}

async function openByNodeHid(path: string): Promise<HidHandle> {
	const { HIDAsync } = await loadNodeHid();
	return HIDAsync.open(path);
}

/** Elsewhere than on Linux a path is no file, and the system refuses when the device is opened. */
async function checkNodePermission(path: string): Promise<void> {
	if (path.startsWith('/dev/')) await access(path, constants.R_OK | constants.W_OK);
}

async function waitForPermission(
	path: string,
	clock: Clock,
	checkPermission: (path: string) => Promise<void>,
): Promise<void> {
	const deadline = clock.now() + PERMISSION_TIMEOUT_MS;
	for (;;) {
		try {
			return await checkPermission(path);
		} catch (cause) {
			if (codeOf(cause) === 'ENOENT') throw new ServiceError('DEVICE_DISCONNECTED', { cause });
			// Any other trouble is told better by opening.
			if (codeOf(cause) !== 'EACCES') return;
			if (clock.now() >= deadline) throw permissionDenied(path, cause);
		}
		await new Promise<void>((resolve) => clock.after(PERMISSION_POLL_INTERVAL_MS, resolve));
	}
}

function permissionDenied(path: string, cause: unknown): ServiceError {
	return new ServiceError('DEVICE_INIT_FAILED', {
		message: `No permission to open ${path}: install the udev rules 70-fingerprint-service.rules, then replug the reader`,
		cause,
	});
}

function reportRejected(cause: unknown): ServiceError {
	return new ServiceError('DEVICE_INIT_FAILED', {
		message: `The HID device did not take a report (${reasonOf(cause)}): replug the reader`,
		cause,
	});
}
