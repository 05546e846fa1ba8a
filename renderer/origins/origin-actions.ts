import type { OriginDecision } from '../../src/operator/contract.ts';
import { type Action, useAction } from '../components/actions/use-action.ts';
import { keepFocus } from '../components/page-header.tsx';
import { useConsole, useNotify, useText } from '../window-context.ts';

/** Allow or block an origin; its row goes, and the focus with it. */
export function useDecide(): Action<[origin: string, decision: OriginDecision]> {
	const { pages } = useText();
	const store = useConsole();
	const notify = useNotify();
	return useAction(async (origin, decision) => {
		await store.call('origin:decide', { origin, decision });
		notify(decision === 'allow' ? pages.allowed(origin) : pages.blocked(origin));
		keepFocus();
	});
}

/** Take the decision about an origin back. */
export function useForget(): Action<[origin: string]> {
	const { pages } = useText();
	const store = useConsole();
	const notify = useNotify();
	return useAction(async (origin) => {
		await store.call('origin:forget', { origin });
		notify(pages.forgotten(origin));
		keepFocus();
	});
}
