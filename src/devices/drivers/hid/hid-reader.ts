import type { GreyImage } from '../../../biometrics/images/grey-image.ts';
import type { Logger } from '../../../log/logger.ts';
import { ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import { pause } from '../../../time/pause.ts';
import { SerialQueue } from '../../../time/serial-queue.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';
import { ReaderCalls, readerUnplugged } from '../../reader-calls.ts';
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
	private readonly calls = new ReaderCalls();
	/** What the module does, one job at a time. */
	private readonly jobs = new SerialQueue();
	/** Opening and closing, which never overlap. */
	private readonly transitions = new SerialQueue();

	constructor(options: HidReaderOptions) {
		this.info = options.info;
		this.options = options;
	}

	open(): Promise<void> {
		return this.transitions.run(() => this.begin());
	}

	close(): Promise<void> {
		this.calls.refuse();
		return this.transitions.run(() => this.finish());
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
		this.calls.checkPlugged();
		if (this.session) return;
		const { openPort, bridge, clock, logger } = this.options;
		const line = new SerialLine(await openPort(), BRIDGES[bridge], clock);
		try {
			await line.open(USUAL_BAUD);
			const session = { line, module: await Ef01Module.find({ line, clock, logger }) };
			this.session = session;
			this.calls.accept();
			void line.closed.then((reason) => this.fail(session, reason));
		} catch (error) {
			await line.close();
			throw isDisconnected(error) ? readerUnplugged() : error;
		}
	}

	private async finish(): Promise<void> {
		const { session } = this;
		if (!session) return;
		this.session = undefined;
		this.calls.refuse();
		const isDone = new AbortController();
		await Promise.race([
			this.jobs.idle(),
			session.line.closed,
			pause(this.options.clock, CLOSE_GRACE_MS, isDone.signal),
		]);
		isDone.abort();
		await session.line.close();
	}

	private run<T>(signal: AbortSignal, job: Job<T>): Promise<T> {
		const { session } = this;
		return this.calls.run(signal, (call) =>
			this.jobs.run(async () => {
				call.throwIfAborted();
				if (!session) throw new ServiceError('DEVICE_INIT_FAILED');
				try {
					return await job(session.module, call);
				} catch (error) {
					const isCalledOff = call.aborted && error === call.reason;
					if (!isCalledOff && !isAboutFinger(error)) this.fail(session, toServiceError(error));
					throw error;
				}
			}),
		);
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

	/** The first fault counts, and after it only that the reader is gone. */
	private fail(session: Session, error: ServiceError): void {
		if (this.session !== session || this.calls.isUnplugged) return;
		if (isDisconnected(error)) this.calls.unplug(error);
		else if (this.calls.isAccepting) this.calls.refuse(error);
		else return;
		this.options.onFailure?.(error);
	}
}

/** Codes 2xxx: the reader itself is well. */
function isAboutFinger(error: unknown): boolean {
	return error instanceof ServiceError && error.code >= 2_000 && error.code < 3_000;
}

function isDisconnected(error: unknown): boolean {
	return error instanceof ServiceError && error.error === 'DEVICE_DISCONNECTED';
}
