import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { SerialLine } from '../transport/serial-line.ts';
import { TimedWait, type TimedWaitOptions } from '../transport/timed-wait.ts';
import { OK, PACKET_ERROR } from './commands.ts';
import { checkConfirmCode } from './confirm-codes.ts';
import { type DecoderEvent, Ef01Decoder } from './packet-decoder.ts';
import { encodePacket } from './packets.ts';

/** How long an answer may take, ms; public libraries wait 1000 to 2000. */
const ANSWER_TIMEOUT_MS = 1_000;
/** How often a command is sent before its silence counts. */
const MAX_ATTEMPTS = 3;
/** After something unexpected the line must be silent for this long before it is used again, ms ... */
const QUIET_INTERVAL_MS = 100;
/** ... and a module that is not silent within this time is given up, ms. */
const SETTLE_TIMEOUT_MS = 1_000;

export interface RequestOptions {
	/** Of each attempt, however much comes in meanwhile, ms; default 1000. */
	readonly timeoutMs?: number;
	/** Default 3. */
	readonly attempts?: number;
	/** Bytes that a good answer has after its confirm code; shorter ones answer something else. Default 0. */
	readonly dataBytes?: number;
}

export interface StreamOptions {
	/** For all of the answer, however much comes in, ms. */
	readonly timeoutMs: number;
	/** Without a byte, ms; default 1000. */
	readonly silenceMs?: number;
}

type PacketHandler<T> = (event: DecoderEvent) => T | undefined;

/**
 * Talks with a module over a line; one command at a time, which its owner sees to.
 *
 * Answers do not say which command they belong to. So what comes in while nothing is asked is dropped, and after
 * anything unexpected the next command waits until the line has been quiet for a while: a late answer must not pass for
 * the answer to a later command. Every wait has an end by the clock that no incoming byte can put off.
 */
export class Ef01Connection {
	readonly line: SerialLine;
	private readonly clock: Clock;
	private readonly decoder = new Ef01Decoder();
	private wait: Pick<TimedWait<unknown>, 'isOver' | 'receive' | 'fail'> | undefined;
	private mustSettle = false;
	private closeReason: ServiceError | undefined;

	/** @param line opened or not; stays its owner's to close */
	constructor(line: SerialLine, clock: Clock) {
		this.line = line;
		this.clock = clock;
		line.onBytes((bytes) => this.onBytes(bytes));
		void line.closed.then((reason) => {
			this.closeReason = reason;
			this.wait?.fail(reason);
		});
	}

	/**
	 * Send a command until it is answered.
	 *
	 * @returns confirm code and data
	 * @throws ServiceError DEVICE_TIMEOUT; as `HidPort.closed` when the line ends
	 */
	async request(command: Uint8Array, options: RequestOptions = {}): Promise<Uint8Array> {
		const { timeoutMs = ANSWER_TIMEOUT_MS, attempts = MAX_ATTEMPTS, dataBytes = 0 } = options;
		let hasTimedOut = false;
		for (let attempt = 1; ; attempt++) {
			try {
				const timeouts = { timeoutMs, silenceMs: timeoutMs };
				const answer = await this.stream(command, timeouts, (event) => this.answerFrom(event, dataBytes));
				// The answer that was given up may still come.
				this.mustSettle ||= hasTimedOut;
				if (answer[0] !== PACKET_ERROR || attempt >= attempts) return answer;
			} catch (error) {
				if (attempt >= attempts || !isTimeout(error)) throw error;
				hasTimedOut = true;
			}
		}
	}

	/** As `ask`. @returns the data of an answer whose code is OK. @throws ServiceError also what another code says */
	async execute(command: Uint8Array, options: RequestOptions = {}): Promise<Uint8Array> {
		const answer = await this.request(command, options);
		checkConfirmCode(answer);
		return answer.subarray(1);
	}

	/**
	 * Send a command once whose answer is many packets.
	 *
	 * @param listen gets every packet and fault, and returns once all are there; a ServiceError that it throws ends the wait
	 * @throws ServiceError as `ask`
	 */
	async stream<T>(command: Uint8Array, options: StreamOptions, listen: PacketHandler<T>): Promise<T> {
		if (this.mustSettle) await this.settle();
		this.decoder.reset();
		const wait = this.startWait<T>({
			silenceMs: ANSWER_TIMEOUT_MS,
			...options,
			onSilence: () => {
				throw new ServiceError('DEVICE_TIMEOUT');
			},
			onBytes: (bytes) => this.firstResult(this.decoder.push(bytes), listen),
		});
		// The wait is on already: an answer may be quicker than the write that asks for it, and a write may hang.
		this.line.write(encodePacket({ type: 'command', payload: command })).catch((error) => wait.fail(error));
		try {
			return await wait.result;
		} catch (error) {
			this.mustSettle = true;
			throw error;
		}
	}

	private async settle(): Promise<void> {
		const quiet = { timeoutMs: SETTLE_TIMEOUT_MS, silenceMs: QUIET_INTERVAL_MS };
		await this.startWait({ ...quiet, onSilence: () => true, onBytes: () => undefined }).result;
		this.mustSettle = false;
	}

	private startWait<T>(options: Omit<TimedWaitOptions<T>, 'clock'>): TimedWait<T> {
		const wait = new TimedWait<T>({ ...options, clock: this.clock });
		if (this.closeReason) wait.fail(this.closeReason);
		this.wait = wait;
		return wait;
	}

	private onBytes(bytes: Uint8Array): void {
		if (!this.wait || this.wait.isOver) this.mustSettle = true;
		else this.wait.receive(bytes);
	}

	/** The first result; whatever follows it nobody asked for. */
	private firstResult<T>(events: DecoderEvent[], listen: PacketHandler<T>): T | undefined {
		let result: T | undefined;
		for (const event of events) {
			if (result === undefined) result = listen(event);
			else this.mustSettle = true;
		}
		return result;
	}

	private answerFrom(event: DecoderEvent, dataBytes: number): Uint8Array | undefined {
		if (event.kind === 'packet' && event.packet.type === 'acknowledgement') {
			const { payload } = event.packet;
			if (payload.length > (payload[0] === OK ? dataBytes : 0)) return payload;
		}
		this.mustSettle = true;
		return undefined;
	}
}

/** Whether the same command may work when sent again. */
export function isTimeout(error: unknown): boolean {
	return error instanceof ServiceError && error.error === 'DEVICE_TIMEOUT';
}
