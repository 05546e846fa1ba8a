import type { GreyImage } from '../biometrics/worker-engine.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { Reader, ReaderInfo } from './reader.ts';

export interface UnavailableReaderOptions {
	readonly info: ReaderInfo;
	/**
	 * Checks whether the reader can be used now; called by each `open`. Resolves after the driver has reported the working
	 * reader in its place. Rejects with the ServiceError that states why it cannot be used and what to do.
	 */
	readonly retry: () => Promise<void>;
}

/** Represents a reader, or all readers of a driver, that cannot be used, so that the operator sees it and the reason. */
export class UnavailableReader implements Reader {
	readonly info: ReaderInfo;
	private readonly retry: () => Promise<void>;

	constructor({ info, retry }: UnavailableReaderOptions) {
		this.info = info;
		this.retry = retry;
	}

	open(): Promise<void> {
		return this.retry();
	}

	async close(): Promise<void> {}

	async nextTouch(signal: AbortSignal): Promise<GreyImage> {
		return refuse(signal);
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		refuse(signal);
	}
}

function refuse(signal: AbortSignal): never {
	signal.throwIfAborted();
	throw new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader cannot be used at the moment' });
}
