import type { GreyImage } from '../../../biometrics/images/grey-image.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';

export interface UnavailableReaderOptions {
	readonly info: ReaderInfo;
	/** Whether it is still out of reach: rejects with the ServiceError that says why and what to do. */
	readonly check: () => Promise<void>;
	/** It is in reach: time to report the real thing in its place. */
	readonly onMended: () => void;
}

/**
 * Stands in the list of devices for a reader, or for all of a driver, that cannot be reached, so that the operator sees why.
 * Each attempt to open it looks whether it can be reached now.
 */
export class UnavailableReader implements Reader {
	readonly info: ReaderInfo;
	private readonly options: UnavailableReaderOptions;

	constructor(options: UnavailableReaderOptions) {
		this.info = options.info;
		this.options = options;
	}

	async open(): Promise<void> {
		await this.options.check();
		this.options.onMended();
	}

	async close(): Promise<void> {}

	async nextTouch(signal: AbortSignal): Promise<GreyImage> {
		return this.refuse(signal);
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		this.refuse(signal);
	}

	private refuse(signal: AbortSignal): never {
		signal.throwIfAborted();
		throw new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader cannot be reached' });
	}
}
