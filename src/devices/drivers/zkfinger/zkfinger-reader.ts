import type { GreyImage } from '../../../biometrics/worker-engine.ts';
import { ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import { poll } from '../../../time/poll.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';
import { ReaderCalls } from '../../reader-calls.ts';
import type { ZkFingerConnection } from './process/zkfinger-client.ts';
import type { Capture } from './process/zkfinger-messages.ts';

/** Interval between two captures, ms, as in the vendor's samples. */
export const POLL_INTERVAL_MS = 100;

/** Empty captures in a row that count as a lift. A moving finger causes single empty captures. */
const LIFT_CAPTURES = 4;

/** Busy captures in a row, caused by another program that uses the reader, after which a scan fails. */
const BUSY_CAPTURES_LIMIT = 20;

/** What a reader reports to its driver and requests from it. */
export interface ZkFingerReaderOwner {
	/** Returns the real cause of a failed capture: the library does not report that the reader was unplugged. */
	classifyError(error: ServiceError): Promise<ServiceError>;
	/** Called on a fault: the reader must be closed and opened again. */
	onFault(reader: ZkFingerReader, error: ServiceError): void;
	/** Called when opening has failed: the reader may have been unplugged. */
	onOpenFailed(): void;
	/** Called when no call waits for a finger any more. */
	onIdle(): void;
}

export interface ZkFingerReaderOptions {
	readonly serialNumber: string;
	readonly model: string;
	readonly connection: ZkFingerConnection;
	readonly clock: Clock;
	readonly owner: ZkFingerReaderOwner;
	/** Time between two captures, ms; default `POLL_INTERVAL_MS`. */
	readonly pollIntervalMs?: number;
}

/**
 * A ZKTeco reader, accessed through the vendor's library. A capture returns an image exactly while a finger is on the reader.
 *
 * Some models distinguish live fingers from copies. For a suspected copy `nextTouch` throws NO_FINGERPRINT_DETECTED with
 * `details` { isLive: false, antiFakeStatus }, which ends the scan with a retryable error.
 */
export class ZkFingerReader implements Reader {
	readonly info: ReaderInfo;
	private readonly options: ZkFingerReaderOptions;
	private readonly calls: ReaderCalls;

	constructor(options: ZkFingerReaderOptions) {
		this.options = options;
		this.calls = new ReaderCalls(() => options.owner.onIdle());
		this.info = readerInfo(options.serialNumber, options.model);
	}

	/** True while a call waits for a finger. */
	get isInUse(): boolean {
		return this.calls.isBusy;
	}

	async open(): Promise<void> {
		this.calls.checkPlugged();
		const { connection, owner } = this.options;
		try {
			await connection.call({ type: 'open', serialNumber: this.info.serialNumber });
		} catch (thrown) {
			owner.onOpenFailed();
			throw toServiceError(thrown);
		}
		this.calls.accept();
	}

	async close(): Promise<void> {
		if (this.calls.isUnplugged) return;
		this.calls.refuse();
		const { connection } = this.options;
		if (connection.isRunning) await connection.call({ type: 'close', serialNumber: this.info.serialNumber });
	}

	nextTouch(signal: AbortSignal): Promise<GreyImage> {
		let busyCaptures = 0;
		return this.waitFor(signal, async () => {
			const capture = await this.capture();
			busyCaptures = capture.type === 'busy' ? busyCaptures + 1 : 0;
			if (busyCaptures === BUSY_CAPTURES_LIMIT)
				throw new ServiceError('DEVICE_BUSY', { message: 'Another program uses the reader: close that program' });
			return capture.type === 'image' ? liveImage(capture) : undefined;
		});
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		let emptyCaptures = 0;
		await this.waitFor(signal, async () => {
			const capture = await this.capture();
			emptyCaptures = capture.type === 'empty' ? emptyCaptures + 1 : 0;
			return emptyCaptures === LIFT_CAPTURES || undefined;
		});
	}

	/** Makes the current call and all later calls reject with DEVICE_DISCONNECTED. */
	unplug(): void {
		this.calls.unplug();
	}

	/** Makes the current call and later calls reject with `error` until the reader is opened again. */
	fail(error: ServiceError): void {
		this.calls.refuse(error);
	}

	private async capture(): Promise<Capture> {
		const { connection, owner } = this.options;
		try {
			return await connection.call({ type: 'capture', serialNumber: this.info.serialNumber });
		} catch (thrown) {
			throw await owner.classifyError(toServiceError(thrown));
		}
	}

	private waitFor<T>(signal: AbortSignal, attempt: () => Promise<T | undefined>): Promise<T> {
		const { clock, pollIntervalMs: pauseMs = POLL_INTERVAL_MS } = this.options;
		return this.calls.run(signal, async (call) => {
			try {
				return await poll(attempt, { clock, pauseMs, signal: call });
			} catch (thrown) {
				if (!call.aborted) this.report(thrown);
				throw thrown;
			}
		});
	}

	/** Reports a fault after which the reader must be opened again. */
	private report(thrown: unknown): void {
		const error = toServiceError(thrown);
		if (error.error !== 'DEVICE_INIT_FAILED') return;
		this.fail(error);
		this.options.owner.onFault(this, error);
	}
}

/** Returns the info of a reader. The firmware version is unknown, because the library does not report it. */
export function readerInfo(serialNumber: string, model: string): ReaderInfo {
	return { driver: 'zkfinger', serialNumber, model, firmwareVersion: 'unknown', isVirtual: false };
}

/** Returns the image of a capture. @throws ServiceError NO_FINGERPRINT_DETECTED if the reader suspects a copy of a finger */
function liveImage({ image, antiFakeStatus }: Capture & { type: 'image' }): GreyImage {
	if (antiFakeStatus === undefined) return image;
	const message = 'The reader did not detect a live finger: clean it and touch it again';
	throw new ServiceError('NO_FINGERPRINT_DETECTED', { message, details: { isLive: false, antiFakeStatus } });
}
