import type { ServiceError } from '../../../protocol/errors.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';

export interface UnusableReaderOptions {
	readonly serialNumber: string;
	readonly model: string;
	/** Why, and what to do about it. */
	readonly error: ServiceError;
	/** Look again whether it can be used; called by every opening but the first, which comes right after such a look. */
	readonly lookAgain: () => void;
}

/** Stands for a reader that cannot be used, so that whoever looks for it finds it in state `error` with the reason. */
export class UnusableReader implements Reader {
	readonly info: ReaderInfo;
	/** What the next opening rejects with. */
	error: ServiceError;
	private readonly lookAgain: () => void;
	private isFirstOpening = true;

	constructor({ serialNumber, model, error, lookAgain }: UnusableReaderOptions) {
		this.info = { driver: 'zkfinger', serialNumber, model, firmwareVersion: 'unknown', isVirtual: false };
		this.error = error;
		this.lookAgain = lookAgain;
	}

	async open(): Promise<never> {
		if (!this.isFirstOpening) this.lookAgain();
		this.isFirstOpening = false;
		throw this.error;
	}

	async close(): Promise<void> {}

	async nextTouch(): Promise<never> {
		throw this.error;
	}

	async waitForLift(): Promise<never> {
		throw this.error;
	}
}
