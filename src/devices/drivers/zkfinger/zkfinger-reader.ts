import type { GreyImage } from '../../../biometrics/worker-engine.ts';
import { ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import { poll } from '../../../time/poll.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';
import { ReaderCalls } from '../../reader-calls.ts';
import type { ZkFingerLink } from './process/zkfinger-client.ts';
import type { Capture } from './process/zkfinger-messages.ts';

/** Between two looks at the sensor, ms: what the vendor's samples wait. */
export const POLL_INTERVAL_MS = 100;

/** Looks at an empty sensor in a row that make a lift; a finger that moves gives an empty one now and then. */
const EMPTY_LOOKS_OF_A_LIFT = 4;

/** Looks in a row at a sensor that somebody else uses until a scan is told so. */
const BUSY_LOOKS = 20;

/** What a reader tells its driver, and asks it. */
export interface ZkFingerReaderOwner {
	/** Why a look has failed, which a reader that was just unplugged does not tell by itself. */
	explain(error: ServiceError): Promise<ServiceError>;
	/** The reader needs to be closed and opened again. */
	onFault(reader: ZkFingerReader, error: ServiceError): void;
	/** Opening has failed: it may not be there any more. */
	onOpenFailed(): void;
	/** Nobody waits for a finger any more. */
	onIdle(): void;
}

export interface ZkFingerReaderOptions {
	readonly serialNumber: string;
	readonly model: string;
	readonly link: ZkFingerLink;
	readonly clock: Clock;
	readonly owner: ZkFingerReaderOwner;
	/** Default `POLL_INTERVAL_MS`. */
	readonly pollIntervalMs?: number;
}

/**
 * A reader of ZKTeco, seen through the vendor's library: a finger rests when a look gives a picture.
 *
 * Its sensor tells living fingers from copies, where the model can; for one that seems dead `nextTouch` throws
 * NO_FINGERPRINT_DETECTED with `details` { isLive: false, antiFakeStatus }, which ends the scan as retryable.
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

	/** Whether somebody waits for a finger. */
	get isInUse(): boolean {
		return this.calls.isBusy;
	}

	async open(): Promise<void> {
		this.calls.checkPlugged();
		const { link, owner } = this.options;
		try {
			await link.call({ type: 'open', serialNumber: this.info.serialNumber });
		} catch (thrown) {
			owner.onOpenFailed();
			throw toServiceError(thrown);
		}
		this.calls.accept();
	}

	async close(): Promise<void> {
		if (this.calls.isUnplugged) return;
		this.calls.refuse();
		const { link } = this.options;
		if (link.isRunning) await link.call({ type: 'close', serialNumber: this.info.serialNumber });
	}

	nextTouch(signal: AbortSignal): Promise<GreyImage> {
		let busyLooks = 0;
		return this.waitFor(signal, async () => {
			const capture = await this.look();
			busyLooks = capture.type === 'busy' ? busyLooks + 1 : 0;
			if (busyLooks === BUSY_LOOKS)
				throw new ServiceError('DEVICE_BUSY', { message: 'Another program uses the reader' });
			return capture.type === 'picture' ? livingPicture(capture) : undefined;
		});
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		let emptyLooks = 0;
		await this.waitFor(signal, async () => {
			const capture = await this.look();
			emptyLooks = capture.type === 'empty' ? emptyLooks + 1 : 0;
			return emptyLooks === EMPTY_LOOKS_OF_A_LIFT || undefined;
		});
	}

	/** Calls under way and later ones reject with DEVICE_DISCONNECTED, for good. */
	unplug(): void {
		this.calls.unplug();
	}

	/** Calls under way and later ones reject with `error` until the reader is opened again. */
	fail(error: ServiceError): void {
		this.calls.refuse(error);
	}

	private async look(): Promise<Capture> {
		const { link, owner } = this.options;
		try {
			return await link.call({ type: 'capture', serialNumber: this.info.serialNumber });
		} catch (thrown) {
			throw await owner.explain(toServiceError(thrown));
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

	/** A fault that a scan alone cannot get over. */
	private report(thrown: unknown): void {
		const error = toServiceError(thrown);
		if (error.error !== 'DEVICE_INIT_FAILED') return;
		this.fail(error);
		this.options.owner.onFault(this, error);
	}
}

/** The firmware version is not available: the library does not report it. */
export function readerInfo(serialNumber: string, model: string): ReaderInfo {
	return { driver: 'zkfinger', serialNumber, model, firmwareVersion: 'unknown', isVirtual: false };
}

/** @throws ServiceError NO_FINGERPRINT_DETECTED */
function livingPicture({ picture, antiFakeStatus }: Capture & { type: 'picture' }): GreyImage {
	if (antiFakeStatus === undefined) return picture;
	const message = 'The reader does not take this for a living finger: clean the sensor and press again';
	throw new ServiceError('NO_FINGERPRINT_DETECTED', { message, details: { isLive: false, antiFakeStatus } });
}
