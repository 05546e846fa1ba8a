import type { ReadonlySignal } from '@preact/signals';
import type { OperatorApi, OperatorProblem } from '../../src/operator/contract.ts';

/** The state of the connection to the service, and what the operator can do when there is none. */
export type LinkState =
	| { readonly phase: 'connecting' }
	| { readonly phase: 'connected' }
	/** The carrier reconnects automatically; `retry` does so at once, unless an attempt is in progress. */
	| { readonly phase: 'lost'; readonly isRetrying: boolean; readonly retry: () => void }
	/** There are no credentials, or they were refused for the reason in `problem`. `unlock` takes an admin token. */
	| { readonly phase: 'locked'; readonly problem?: OperatorProblem; readonly unlock: (token: string) => void };

/** Connects this window to the operator API of the service. */
export interface Carrier extends OperatorApi {
	readonly link: ReadonlySignal<LinkState>;
}
