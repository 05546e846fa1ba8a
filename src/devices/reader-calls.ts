import { ServiceError } from '../protocol/errors.ts';

/** Admits one call at a time to a reader, and refuses every call while the reader is not open. Every `Reader` uses this class. */
export class ReaderCalls {
	private readonly onIdle: () => void;
	/** Why calls are refused; undefined while the reader is open and working. */
	private refusal: ServiceError | undefined = notOpen();
	private hasDeparted = false;
	private current: AbortController | undefined;

	/** @param onIdle called whenever a call has ended */
	constructor(onIdle: () => void = () => {}) {
		this.onIdle = onIdle;
	}

	get isAccepting(): boolean {
		return this.refusal === undefined;
	}

	get isBusy(): boolean {
		return this.current !== undefined;
	}

	get isUnplugged(): boolean {
		return this.hasDeparted;
	}

	/** Accepts calls from now on, because the reader is open. @throws ServiceError DEVICE_INIT_FAILED once it is unplugged */
	accept(): void {
		this.checkPlugged();
		this.refusal = undefined;
	}

	/** Ends the current call with `error` and refuses later calls with it until `accept`. Without effect once unplugged. */
	refuse(error: ServiceError = notOpen()): void {
		if (this.hasDeparted) return;
		this.refusal = error;
		this.end(this.current, error);
	}

	/** Ends the current call with `error` and refuses all later calls with it, permanently. */
	unplug(error: ServiceError = new ServiceError('DEVICE_DISCONNECTED')): void {
		this.refuse(error);
		this.hasDeparted = true;
	}

	/** Throws ServiceError DEVICE_INIT_FAILED once the reader is unplugged, because it cannot be opened again. */
	checkPlugged(): void {
		if (this.hasDeparted) throw readerUnplugged();
	}

	/**
	 * Runs one call of the `Reader` port. It ends as `work` does, or as soon as `signal` is aborted or the reader fails; the
	 * reader then accepts the next call although `work` may still be running.
	 *
	 * @param work receives a signal that is aborted when the call has ended early
	 * @throws ServiceError DEVICE_BUSY during another call; why calls are refused
	 */
	async run<T>(signal: AbortSignal, work: (call: AbortSignal) => Promise<T>): Promise<T> {
		signal.throwIfAborted();
		if (this.refusal) throw this.refusal;
		if (this.current) throw new ServiceError('DEVICE_BUSY');
		const call = new AbortController();
		this.current = call;
		const onAbort = () => this.end(call, signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		try {
			return await Promise.race([work(call.signal), rejectionOf(call.signal)]);
		} finally {
			signal.removeEventListener('abort', onAbort);
			this.release(call);
		}
	}

	private end(call: AbortController | undefined, reason: unknown): void {
		if (this.release(call)) call?.abort(reason);
	}

	/** Ends the current call if it is `call`. @returns whether it was */
	private release(call: AbortController | undefined): boolean {
		if (call === undefined || this.current !== call) return false;
		this.current = undefined;
		this.onIdle();
		return true;
	}
}

/** Returns the error of an attempt to open an unplugged reader. */
export function readerUnplugged(): ServiceError {
	return new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is unplugged: plug it in again' });
}

function notOpen(): ServiceError {
	return new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is not open' });
}

function rejectionOf(signal: AbortSignal): Promise<never> {
	return new Promise((_resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), { once: true });
	});
}
