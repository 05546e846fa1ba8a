import type { OriginDecision } from '../../src/operator/contract.ts';
import { type Action, useAction } from '../components/actions/use-action.ts';
import { restoreFocus } from '../components/view-header.tsx';
import { useNotify, useOperatorStore, useText } from '../window-context.ts';

/** Returns the action that allows or blocks an origin. Its row disappears, so the heading takes the focus. */
export function useDecide(): Action<[origin: string, decision: OriginDecision]> {
	const { origins } = useText();
	const store = useOperatorStore();
	const notify = useNotify();
	return useAction(async (origin, decision) => {
		await store.call('origin:decide', { origin, decision });
		notify(decision === 'allow' ? origins.allowed(origin) : origins.blocked(origin));
		restoreFocus();
	});
}

/** Returns the action that forgets the decision about an origin. */
export function useForget(): Action<[origin: string]> {
	const { origins } = useText();
	const store = useOperatorStore();
	const notify = useNotify();
	return useAction(async (origin) => {
		await store.call('origin:forget', { origin });
		notify(origins.forgotten(origin));
		restoreFocus();
	});
}
