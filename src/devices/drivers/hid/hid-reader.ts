import type { GreyImage } from '../../../biometrics/worker-engine.ts';
import type { Logger } from '../../../log/logger.ts';
import { ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import { pause } from '../../../time/pause.ts';
import { SerialQueue } from '../../../time/serial-queue.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';
import { ReaderCalls, readerUnplugged } from '../../reader-calls.ts';
import { DEFAULT_BAUD } from './ef01/baud-rate.ts';
import { type CaptureResult, Ef01Module } from './ef01/ef01-module.ts';
import { BRIDGES, type BridgeName } from './transport/bridges/bridges.ts';
import type { OpenHidPort } from './transport/hid-port.ts';
import { SerialLine } from './transport/serial-line.ts';

/** Interval between two captures, ms; the maximum delay until a finger is detected. */
const POLL_INTERVAL_MS = 100;
/** How long `close` waits for an upload to end, ms: long enough for an image at 115 200 baud. */
const CLOSE_TIMEOUT_MS = 5_000;

export interface HidReaderOptions {
	/** Describes the bridge, because the module is queried only when the device is opened. */
	readonly info: ReaderInfo;
	readonly openPort: OpenHidPort;
	readonly bridge: BridgeName;
	readonly clock: Clock;
	readonly logger: Logger;
	/**
	 * Called when the open reader has stopped working: with DEVICE_DISCONNECTED when it was unplugged, otherwise with a fault
	 * that closing and opening it may fix. Current and later calls reject with the same error. Each error is reported once.
	 */
	readonly onFailure?: (error: ServiceError) => void;
}

/** The resources between `open` and `close`. */
interface HidSession {
	readonly line: SerialLine;
	readonly module: Ef01Module;
}

/** The work of one call on the module. It must check `scan` after every asynchronous step. */
type ModuleJob<T> = (module: Ef01Module, scan: AbortSignal) => Promise<T>;

/**
 * A fingerprint module that speaks EF01, behind a HID-UART bridge.
 *
 * A command to the module cannot be cancelled. An aborted call rejects immediately, while its command continues in the
 * background, at most for the duration of an upload. The next call waits for it.
 */
export class HidReader implements Reader {
	readonly info: ReaderInfo;
	private readonly options: HidReaderOptions;
	private session: HidSession | undefined;
	private readonly calls = new ReaderCalls();
	/** Runs the work on the module, one job at a time. */
	private readonly jobs = new SerialQueue();
	/** Runs opening and closing, which must not overlap. */
	private readonly transitions = new SerialQueue();

	constructor(options: HidReaderOptions) {
		this.info = options.info;
		this.options = options;
	}

	open(): Promise<void> {
		return this.transitions.run(() => this.openSession());
	}

	close(): Promise<void> {
		this.calls.refuse();
		return this.transitions.run(() => this.closeSession());
	}

	async nextTouch(signal: AbortSignal): Promise<GreyImage> {
		return this.run(signal, async (module, scan) => {
			await module.setLight(true);
			try {
				await this.pollUntil('finger', module, scan);
				return await module.fetchImage(scan);
			} finally {
				await module.setLight(false);
			}
		});
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		await this.run(signal, (module, scan) => this.pollUntil('no-finger', module, scan));
	}

	private async openSession(): Promise<void> {
		this.calls.checkPlugged();
		if (this.session) return;
		const { openPort, bridge, clock, logger } = this.options;
		const line = new SerialLine(await openPort(), BRIDGES[bridge], clock);
		try {
			await line.open(DEFAULT_BAUD);
			const session = { line, module: await Ef01Module.find({ line, clock, logger }) };
			this.session = session;
			this.calls.accept();
			void line.closed.then((reason) => this.fail(session, reason));
		} catch (error) {
			await line.close();
			throw isDisconnected(error) ? readerUnplugged() : error;
		}
	}

	private async closeSession(): Promise<void> {
		const { session } = this;
		if (!session) return;
		this.session = undefined;
		this.calls.refuse();
		const isDone = new AbortController();
		await Promise.race([
			this.jobs.idle(),
			session.line.closed,
			pause(this.options.clock, CLOSE_TIMEOUT_MS, isDone.signal),
		]);
		isDone.abort();
		await session.line.close();
	}

	private run<T>(signal: AbortSignal, job: ModuleJob<T>): Promise<T> {
		const { session } = this;
		return this.calls.run(signal, (call) =>
			this.jobs.run(async () => {
				call.throwIfAborted();
				if (!session) throw new ServiceError('DEVICE_INIT_FAILED');
				try {
					return await job(session.module, call);
				} catch (error) {
					const isAborted = call.aborted && error === call.reason;
					if (!isAborted && !isAboutFinger(error)) this.fail(session, toServiceError(error));
					throw error;
				}
			}),
		);
	}

	private async pollUntil(expected: CaptureResult, module: Ef01Module, scan: AbortSignal): Promise<void> {
		for (;;) {
			scan.throwIfAborted();
			const result = await module.capture();
			scan.throwIfAborted();
			if (result === expected) return;
			await pause(this.options.clock, POLL_INTERVAL_MS, scan);
		}
	}

	/** Reports the first fault, and after it only that the reader was unplugged. */
	private fail(session: HidSession, error: ServiceError): void {
		if (this.session !== session || this.calls.isUnplugged) return;
		if (isDisconnected(error)) this.calls.unplug(error);
		else if (this.calls.isAccepting) this.calls.refuse(error);
		else return;
		this.options.onFailure?.(error);
	}
}

/** Returns whether the error concerns the finger (codes 2xxx) and the reader itself works. */
function isAboutFinger(error: unknown): boolean {
	return error instanceof ServiceError && error.code >= 2_000 && error.code < 3_000;
}

function isDisconnected(error: unknown): boolean {
	return error instanceof ServiceError && error.error === 'DEVICE_DISCONNECTED';
}
