import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { SerialLine } from '../transport/serial-line.ts';
import { TimedWait, type TimedWaitOptions } from '../transport/timed-wait.ts';
import { OK, PACKET_ERROR } from './commands.ts';
import { checkConfirmCode } from './confirm-codes.ts';
import { type DecoderEvent, Ef01Decoder } from './packet-decoder.ts';
import { encodePacket } from './packets.ts';

/** Timeout for an answer, ms; public libraries use 1000 to 2000. */
const ANSWER_TIMEOUT_MS = 1_000;
/** How often a command is sent before it fails without an answer. */
const MAX_ATTEMPTS = 3;
/** Time for which the line must be quiet after unexpected bytes before the next command, ms. */
const QUIET_INTERVAL_MS = 100;
/** Time within which the line must become quiet, ms; otherwise the command fails with DEVICE_TIMEOUT. */
const SETTLE_TIMEOUT_MS = 1_000;

export interface RequestOptions {
	/** Timeout of each attempt, however many bytes arrive, ms; default 1000. */
	readonly timeoutMs?: number;
	/** Maximum number of attempts; default 3. */
	readonly attempts?: number;
	/** Minimum number of bytes after the confirm code OK; a shorter answer belongs to another command. Default 0. */
	readonly dataBytes?: number;
}

export interface StreamOptions {
	/** Timeout of the complete answer, however many bytes arrive, ms. */
	readonly timeoutMs: number;
	/** Timeout without any byte, ms; default 1000. */
	readonly silenceMs?: number;
}

type PacketHandler<T> = (event: DecoderEvent) => T | undefined;

/**
 * Sends commands to a module over a serial line. The caller must not send a command before the previous one has settled.
 *
 * Answers do not identify their command. Bytes that arrive outside a command are therefore dropped, and after anything
 * unexpected the next command waits until the line has been quiet, so that a late answer is not mistaken for the answer to a
 * later command. Every wait has a timeout that incoming bytes do not extend.
 */
export class Ef01Connection {
	readonly line: SerialLine;
	private readonly clock: Clock;
	private readonly decoder = new Ef01Decoder();
	private wait: Pick<TimedWait<unknown>, 'isOver' | 'receive' | 'fail'> | undefined;
	private mustSettle = false;
	private closeReason: ServiceError | undefined;

	/** @param line open or not yet; the caller closes it */
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
	 * Sends a command and repeats it until it is answered.
	 *
	 * @returns confirm code and data
	 * @throws ServiceError DEVICE_TIMEOUT; as `HidPort.closed` when the port closes
	 */
	async request(command: Uint8Array, options: RequestOptions = {}): Promise<Uint8Array> {
		const { timeoutMs = ANSWER_TIMEOUT_MS, attempts = MAX_ATTEMPTS, dataBytes = 0 } = options;
		let hasTimedOut = false;
		for (let attempt = 1; ; attempt++) {
			try {
				const timeouts = { timeoutMs, silenceMs: timeoutMs };
				const answer = await this.stream(command, timeouts, (event) => this.answerFrom(event, dataBytes));
				// The answer to an earlier attempt may still arrive.
				this.mustSettle ||= hasTimedOut;
				if (answer[0] !== PACKET_ERROR || attempt >= attempts) return answer;
			} catch (error) {
				if (attempt >= attempts || !isTimeout(error)) throw error;
				hasTimedOut = true;
			}
		}
	}

	/** Like `request`, but requires the code OK. @returns the data. @throws ServiceError also for other confirm codes */
	async execute(command: Uint8Array, options: RequestOptions = {}): Promise<Uint8Array> {
		const answer = await this.request(command, options);
		checkConfirmCode(answer);
		return answer.subarray(1);
	}

	/**
	 * Sends a command once whose answer consists of several packets.
	 *
	 * @param onPacket receives every packet and fault, and returns the result after the last; an error that it throws ends the wait
	 * @throws ServiceError as `request`
	 */
	async stream<T>(command: Uint8Array, options: StreamOptions, onPacket: PacketHandler<T>): Promise<T> {
		if (this.mustSettle) await this.settle();
		this.decoder.reset();
		const wait = this.startWait<T>({
			silenceMs: ANSWER_TIMEOUT_MS,
			...options,
			onSilence: () => {
				throw new ServiceError('DEVICE_TIMEOUT');
			},
			onBytes: (bytes) => this.firstResult(this.decoder.push(bytes), onPacket),
		});
		// The wait starts before the write, because an answer may arrive before the write resolves, and a write may hang.
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

	/** Returns the first result. Packets after it are unexpected. */
	private firstResult<T>(events: DecoderEvent[], onPacket: PacketHandler<T>): T | undefined {
		let result: T | undefined;
		for (const event of events) {
			if (result === undefined) result = onPacket(event);
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

/** Returns whether the same command may succeed when it is sent again. */
export function isTimeout(error: unknown): boolean {
	return error instanceof ServiceError && error.error === 'DEVICE_TIMEOUT';
}
