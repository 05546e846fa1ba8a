import type { ReadonlySignal } from '@preact/signals';
import type { OperatorApi, OperatorProblem } from '../../src/operator/contract.ts';

/** Whether the window reaches the console of the service, and what the operator can do where it does not. */
export type LinkState =
	| { readonly phase: 'connecting' }
	| { readonly phase: 'connected' }
	/** It is tried again by itself; `retry` does so at once. */
	| { readonly phase: 'lost'; readonly retry: () => void }
	/** There is nothing to authenticate with, or it was refused for the reason in `problem`. `unlock` takes an admin token. */
	| { readonly phase: 'locked'; readonly problem?: OperatorProblem; readonly unlock: (token: string) => void };

/** What brings the operator's console to this window. */
export interface Carrier extends OperatorApi {
	readonly link: ReadonlySignal<LinkState>;
}
