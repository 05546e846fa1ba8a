import type { ServiceError } from '../protocol/errors.ts';

/** Whether the service runs. The operator's `ServiceState` and the `service:status` of the protocol derive from it. */
export type RunState =
	| { readonly phase: 'stopped' | 'starting' | 'stopping' }
	| {
			readonly phase: 'running';
			/** Milliseconds since 1970. */
			readonly since: number;
			/** As in `ServiceState`. */
			readonly addresses: readonly string[];
	  }
	| { readonly phase: 'failed'; readonly error: ServiceError };

/** `details.reason` of the error with which a start ends because the program is exiting; nothing has failed then. */
export const EXITING = 'exiting';

/** Starts and stops the service on behalf of the operator. */
export interface RunControl {
	readonly state: RunState;
	/** Starts the service unless it is running. @throws ServiceError why it cannot start; the state is `failed` then, unless EXITING */
	start(): Promise<void>;
	/** Stops the service if it is running. */
	stop(): Promise<void>;
	/** Stops the service if it is running, then starts it. @throws ServiceError as `start` does */
	restart(): Promise<void>;
	/** Calls `listener` after every change of `state`. */
	on(event: 'changed', listener: () => void): unknown;
}
