import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import { type ErrorDetails, type ErrorName, ServiceError, toServiceError } from '../../../../protocol/errors.ts';

/** Requests to the worker. They identify readers by the serial number that `scan` returned. */
export type ZkFingerRequest =
	/** Loads the library unless it is loaded. */
	| { readonly type: 'load' }
	/** Restarts the library, which makes it search for readers again, and opens every reader. */
	| { readonly type: 'scan' }
	| { readonly type: 'open'; readonly serialNumber: string }
	| { readonly type: 'close'; readonly serialNumber: string }
	| { readonly type: 'capture'; readonly serialNumber: string }
	/** Closes everything and ends the process, without an answer. */
	| { readonly type: 'end' };

/** The result of each request. */
export interface ZkFingerResults {
	load: undefined;
	scan: readonly FoundReader[];
	open: undefined;
	close: undefined;
	capture: Capture;
	end: undefined;
}

/** A reader that the library has found, with the reason if it cannot be opened. */
export interface FoundReader {
	/** Unique among the readers of one scan: the reader's own, or a placeholder if it has none or the same as another. */
	readonly serialNumber: string;
	readonly model: string;
	readonly fault?: ErrorMessage;
}

/** The result of one capture. */
export type Capture =
	| { readonly type: 'empty' }
	/** A finger whose image is unusable. */
	| { readonly type: 'poor-quality' }
	/** Another program captures. */
	| { readonly type: 'busy' }
	| {
			readonly type: 'image';
			readonly image: GreyImage;
			/** Parameter 2004 if the reader suspects a copy of a finger, else undefined. */
			readonly antiFakeStatus: number | undefined;
	  };

/** A `ServiceError` in the form in which it is sent between processes. */
export interface ErrorMessage {
	readonly error: ErrorName;
	readonly message: string;
	readonly details?: ErrorDetails | undefined;
}

/** A request, and the id that its answer repeats. */
export interface ZkFingerCall {
	readonly id: number;
	readonly request: ZkFingerRequest;
}

export type ZkFingerAnswer =
	| { readonly id: number; readonly result: unknown }
	| { readonly id: number; readonly fault: ErrorMessage };

/** Converts an error for sending. @param thrown anything; what is not a `ServiceError` becomes INTERNAL_ERROR */
export function toErrorMessage(thrown: unknown): ErrorMessage {
	const { error, message, details } = toServiceError(thrown);
	return { error, message, details };
}

/** Inverse of `toErrorMessage`. */
export function fromErrorMessage({ error, message, details }: ErrorMessage): ServiceError {
	return new ServiceError(error, { message, ...(details !== undefined && { details }) });
}
