import { useOperatorStore } from '../../window-context.ts';
import { type Action, useAction } from './use-action.ts';

/** What an operator can do with the service as a whole. */
export interface ServiceActions {
	readonly start: Action<[]>;
	readonly stop: Action<[]>;
	readonly restart: Action<[]>;
}

/** Start, stop and restart, for a component that has buttons for them. */
export function useServiceActions(): ServiceActions {
	const store = useOperatorStore();
	return {
		start: useAction(async () => {
			await store.call('service:start', {});
		}),
		stop: useAction(async () => {
			await store.call('service:stop', {});
		}),
		restart: useAction(async () => {
			await store.call('service:restart', {});
		}),
	};
}
