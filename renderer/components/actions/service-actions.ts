import { useOperatorStore } from '../../window-context.ts';
import { type Action, useAction } from './use-action.ts';

/** The actions that control the service. */
export interface ServiceActions {
	readonly start: Action<[]>;
	readonly stop: Action<[]>;
	readonly restart: Action<[]>;
}

/** Returns the actions for start, stop and restart buttons. */
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
