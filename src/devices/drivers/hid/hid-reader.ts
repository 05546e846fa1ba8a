import type { GreyImage } from '../../../biometrics/images/grey-image.ts';
import type { Logger } from '../../../log/logger.ts';
import { ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import { pause } from '../../../time/pause.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';
import { USUAL_BAUD } from './ef01/baud-rate.ts';
import { Ef01Module, type Sighting } from './ef01/ef01-module.ts';
import { BRIDGES, type BridgeName } from './transport/bridges/bridges.ts';
import type { OpenHidPort } from './transport/hid-port.ts';
import { SerialLine } from './transport/serial-line.ts';

/** Between two looks at the sensor, ms; a finger is noticed that much later at most. */
const POLL_PAUSE_MS = 100;
/** How long `close` waits for a picture on its way, ms: long enough for one at 115 200 baud. */
const CLOSE_GRACE_MS = 5_000;

export interface HidReaderOptions {
	/** What is known before the device is opened: of the bridge and its cable, since the module is asked only then. */
	readonly info: ReaderInfo;
	readonly openPort: OpenHidPort;
	readonly bridge: BridgeName;
	readonly clock: Clock;
	readonly logger: Logger;
	/**
	 * An open reader has stopped working by itself: with DEVICE_DISCONNECTED when it is gone, else with a fault that closing
	 * and opening it may mend. Calls under way reject with the same error, and later ones. Each is told once.
	 */
	readonly onFailure?: (error: ServiceError) => void;
}

/** What lives from `open` to `close`. */
interface Session {
	readonly line: SerialLine;
	readonly module: Ef01Module;
}

/** What a call does with the module; it must look at `scan` after everything that takes time. */
type Job<T> = (module: Ef01Module, scan: AbortSignal) => Promise<T>;

/**
 * A fingerprint module that speaks EF01, behind a HID-UART bridge.
 *
 * A command to the module cannot be called off. When a call is aborted its caller is told at once, and the command runs
 * to its end behind the scenes: at most as long as a picture takes. The next call waits for that.
 */
export class HidReader implements Reader {
	readonly info: ReaderInfo;
	private readonly options: HidReaderOptions;
	private session: Session | undefined;
	/** Why calls are refused; undefined while the reader is open and well. */
	private refusal: ServiceError | undefined = notOpen();
	private isUnplugged = false;
	/** The call whose caller waits. */
	private call: AbortController | undefined;
	/** Settles once the module is done with every job; never rejects. */
	private jobs: Promise<void> = Promise.resolve();
	/** Settles once every opening and closing is done; never rejects. */
	private turns: Promise<void> = Promise.resolve();

	constructor(options: HidReaderOptions) {
		this.info = options.info;
		this.options = options;
	}

	open(): Promise<void> {
		return this.inTurn(() => this.begin());
	}

	close(): Promise<void> {
		if (!this.isUnplugged) this.refusal = notOpen();
		this.endCall(this.call, this.refusal);
		return this.inTurn(() => this.finish());
	}

	async nextTouch(signal: AbortSignal): Promise<GreyImage> {
		return this.run(signal, async (module, scan) => {
			await module.setLight(true);
			try {
				await this.lookUntil('finger', module, scan);
				return await module.fetchPicture(scan);
			} finally {
				await module.setLight(false);
			}
		});
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		await this.run(signal, (module, scan) => this.lookUntil('nothing', module, scan));
	}

	private async begin(): Promise<void> {
		if (this.isUnplugged) throw unplugged();
		if (this.session) return;
		const { openPort, bridge, clock, logger } = this.options;
		const line = new SerialLine(await openPort(), BRIDGES[bridge], clock);
		try {
			await line.open(USUAL_BAUD);
			const session = { line, module: await Ef01Module.find({ line, clock, logger }) };
			this.session = session;
			this.refusal = undefined;
			void line.closed.then((reason) => this.fail(session, reason));
		} catch (error) {
			await line.close();
			throw isDisconnected(error) ? unplugged() : error;
		}
	}

	private async finish(): Promise<void> {
		const { session } = this;
		if (!session) return;
		this.session = undefined;
		const isDone = new AbortController();
		await Promise.race([this.jobs, session.line.closed, pause(this.options.clock, CLOSE_GRACE_MS, isDone.signal)]);
		isDone.abort();
		await session.line.close();
	}

	private inTurn(action: () => Promise<void>): Promise<void> {
		const result = this.turns.then(action);
		this.turns = result.catch(() => {});
		return result;
	}

	private async run<T>(signal: AbortSignal, job: Job<T>): Promise<T> {
		signal.throwIfAborted();
		const { session } = this;
		if (this.refusal || !session) throw this.refusal ?? notOpen();
		if (this.call) throw new ServiceError('DEVICE_BUSY');
		const call = new AbortController();
		this.call = call;
		const onAbort = () => this.endCall(call, signal.reason);
		signal.addEventListener('abort', onAbort);
		try {
			return await Promise.race([this.enqueue(session, call.signal, job), rejectionOf(call.signal)]);
		} finally {
			signal.removeEventListener('abort', onAbort);
			if (this.call === call) this.call = undefined;
		}
	}

	private enqueue<T>(session: Session, scan: AbortSignal, job: Job<T>): Promise<T> {
		const result = this.jobs.then(() => {
			scan.throwIfAborted();
			return job(session.module, scan);
		});
		this.jobs = result.then(
			() => {},
			(error) => {
				const isCalledOff = scan.aborted && error === scan.reason;
				if (!isCalledOff && !isAboutFinger(error)) this.fail(session, toServiceError(error));
			},
		);
		return result;
	}

	private async lookUntil(sighting: Sighting, module: Ef01Module, scan: AbortSignal): Promise<void> {
		for (;;) {
			scan.throwIfAborted();
			const seen = await module.look();
			scan.throwIfAborted();
			if (seen === sighting) return;
			await pause(this.options.clock, POLL_PAUSE_MS, scan);
		}
	}

	private endCall(call: AbortController | undefined, reason: unknown): void {
		if (this.call === call) this.call = undefined;
		call?.abort(reason);
	}

	/** The first fault counts, and after it only that the reader is gone. */
	private fail(session: Session, error: ServiceError): void {
		if (this.session !== session || this.isUnplugged) return;
		if (this.refusal && !isDisconnected(error)) return;
		this.isUnplugged = isDisconnected(error);
		this.refusal = error;
		this.endCall(this.call, error);
		this.options.onFailure?.(error);
	}
}

function rejectionOf(signal: AbortSignal): Promise<never> {
	return new Promise((_resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), { once: true });
	});
}

/** Codes 2xxx: the reader itself is well. */
function isAboutFinger(error: unknown): boolean {
	return error instanceof ServiceError && error.code >= 2_000 && error.code < 3_000;
}

function isDisconnected(error: unknown): boolean {
	return error instanceof ServiceError && error.error === 'DEVICE_DISCONNECTED';
}

function notOpen(): ServiceError {
	return new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is not open' });
}

function unplugged(): ServiceError {
	return new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is unplugged' });
}
