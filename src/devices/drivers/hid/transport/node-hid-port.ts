import { access, constants } from 'node:fs/promises';
import { codeOf, reasonOf } from '../../../../config/system-error.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { HidPort } from './hid-port.ts';
import { loadNodeHid } from './load-node-hid.ts';

/** The part of node-hid's open device that the port uses; it ignores the returned numbers. */
export interface HidHandle {
	on(event: 'data', listener: (report: Uint8Array) => void): unknown;
	on(event: 'error', listener: (error: unknown) => void): unknown;
	write(report: Buffer): Promise<number>;
	sendFeatureReport(report: Buffer): Promise<number>;
	getFeatureReport(reportId: number, length: number): Promise<Buffer>;
	close(): Promise<void>;
}

/** How long a failed call waits for the report that the device was unplugged, which arrives later (measured: 10 ms), ms. */
const UNPLUG_NOTICE_DELAY_MS = 100;
/** How long to wait for permission to open a device, ms: its node exists before the system grants permission. */
const PERMISSION_TIMEOUT_MS = 1_000;
/** Interval between two checks of the permission, ms. */
const PERMISSION_POLL_INTERVAL_MS = 50;

/** A `HidPort` that uses node-hid. */
export class NodeHidPort implements HidPort {
	readonly closed: Promise<ServiceError>;
	private readonly handle: HidHandle;
	private readonly clock: Clock;
	private listener: ((report: Uint8Array) => void) | undefined;
	private closeReason: ServiceError | undefined;
	private resolveClosed: (reason: ServiceError) => void = () => {};
	/** Reject functions of the pending calls. */
	private readonly pendingCalls = new Set<(reason: ServiceError) => void>();
	private closing: Promise<void> | undefined;

	constructor(handle: HidHandle, clock: Clock) {
		this.handle = handle;
		this.clock = clock;
		this.closed = new Promise((resolve) => {
			this.resolveClosed = resolve;
		});
		// The data listener starts reading, which is how the library notices that the device was unplugged. It then emits one
		// error event with a string.
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
		// The library starts reading one tick after the listener is added. Closing earlier would cause an uncaught exception.
		await new Promise<void>((resolve) => process.nextTick(resolve));
		// Closing an unplugged device may fail, and there is nothing left to release.
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
	/** Default: uses node-hid. */
	readonly open?: (path: string) => Promise<HidHandle>;
	/** Rejects with EACCES without permission to open `path`, and with ENOENT when it is unplugged. Default: checks the file system. */
	readonly checkPermission?: (path: string) => Promise<void>;
}

/**
 * Opens a device by the path from its list entry.
 *
 * @throws ServiceError DEVICE_INIT_FAILED with reason and remedy; DEVICE_DISCONNECTED when the device node is missing
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

/** Checks a device node on Linux. On other systems a path is not a file, and opening reports a missing permission. */
async function checkNodePermission(path: string): Promise<void> {
	if (path.startsWith('/dev/')) await access(path, constants.R_OK | constants.W_OK);
}

async function waitForPermission(
	path: string,
	clock: Clock,
	checkPermission: (path: string) => Promise<void>,
): Promise<void> {
	const deadlineMonotonic = clock.monotonic() + PERMISSION_TIMEOUT_MS;
	for (;;) {
		try {
			return await checkPermission(path);
		} catch (cause) {
			if (codeOf(cause) === 'ENOENT') throw new ServiceError('DEVICE_DISCONNECTED', { cause });
			// Opening the device reports any other problem more precisely.
			if (codeOf(cause) !== 'EACCES') return;
			if (clock.monotonic() >= deadlineMonotonic) throw permissionDenied(path, cause);
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
		message: `The HID device did not accept a report (${reasonOf(cause)}): replug the reader`,
		cause,
	});
}
