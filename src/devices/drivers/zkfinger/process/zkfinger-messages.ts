import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import { type ErrorDetails, type ErrorName, ServiceError, toServiceError } from '../../../../protocol/errors.ts';

/** What the worker is asked for. Readers are named by the serial number that `scan` gave them. */
export type ZkFingerRequest =
	/** Load the library, unless that is done. */
	| { readonly type: 'load' }
	/** Start the library afresh, which alone makes it look at the bus again, and open every reader. */
	| { readonly type: 'scan' }
	| { readonly type: 'open'; readonly serialNumber: string }
	| { readonly type: 'close'; readonly serialNumber: string }
	| { readonly type: 'capture'; readonly serialNumber: string }
	/** Close everything and end, without an answer. */
	| { readonly type: 'end' };

/** What each request is answered with. */
export interface ZkFingerResults {
	load: undefined;
	scan: readonly FoundReader[];
	open: undefined;
	close: undefined;
	capture: Capture;
	end: undefined;
}

/** A reader that the library has found; one it cannot open has the reason. */
export interface FoundReader {
	/** Unique among the readers of one scan: the reader's own, or a makeshift where it has none or one that another has too. */
	readonly serialNumber: string;
	readonly model: string;
	readonly fault?: ErrorMessage;
}

/** One look at a sensor. */
export type Capture =
	| { readonly type: 'empty' }
	/** A finger that gives no picture. */
	| { readonly type: 'poor-press' }
	/** Somebody else captures. */
	| { readonly type: 'busy' }
	| {
			readonly type: 'picture';
			readonly picture: GreyImage;
			/** Parameter 2004 when the reader takes the finger for a dead one, else undefined. */
			readonly antiFakeStatus: number | undefined;
	  };

/** A `ServiceError` on its way between processes. */
export interface ErrorMessage {
	readonly error: ErrorName;
	readonly message: string;
	readonly details?: ErrorDetails | undefined;
}

/** A request with the number that its answer carries. */
export interface ZkFingerCall {
	readonly id: number;
	readonly request: ZkFingerRequest;
}

export type ZkFingerAnswer =
	| { readonly id: number; readonly result: unknown }
	| { readonly id: number; readonly fault: ErrorMessage };

/** @param thrown anything; what is no `ServiceError` becomes INTERNAL_ERROR */
export function toErrorMessage(thrown: unknown): ErrorMessage {
	const { error, message, details } = toServiceError(thrown);
	return { error, message, details };
}

/** The way back from `toErrorMessage`. */
export function fromErrorMessage({ error, message, details }: ErrorMessage): ServiceError {
	return new ServiceError(error, { message, ...(details !== undefined && { details }) });
}
