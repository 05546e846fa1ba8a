import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { OperatorStore } from './carriers/operator-store.ts';
import type { Notifier } from './notifier.ts';
import type { Route } from './router.ts';
import type { SettingsDraft } from './settings-draft.ts';
import type { WindowText } from './text/window-text.ts';

/** The objects that every component of the window can use. */
export interface WindowServices {
	readonly store: OperatorStore;
	readonly text: ReadonlySignal<WindowText>;
	readonly route: ReadonlySignal<Route>;
	readonly notifier: Notifier;
	/** Lives as long as the window, so that edits survive a visit to another view. */
	readonly settingsDraft: SettingsDraft;
}

const WindowContext = createContext<WindowServices | undefined>(undefined);

/** Provides the services to its children. */
export const WindowProvider = WindowContext.Provider;

/** Returns the services of the window. @throws Error outside a `WindowProvider` */
export function useWindowServices(): WindowServices {
	const services = useContext(WindowContext);
	if (services === undefined) throw new Error('The component is not inside a WindowProvider. Render it inside one.');
	return services;
}

/** Returns the store with the state and the operations of the service. */
export function useOperatorStore(): OperatorStore {
	return useWindowServices().store;
}

/** Returns the texts in the operator's language; the component renders again when the language changes. */
export function useText(): WindowText {
	return useWindowServices().text.value;
}

/** Returns a function that shows a notice and announces it to screen readers. */
export function useNotify(): (text: string) => void {
	const { notifier } = useWindowServices();
	return (text) => notifier.notify(text);
}
