import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { OperatorStore } from './carriers/operator-store.ts';
import type { Notifier } from './notifier.ts';
import type { Route } from './router.ts';
import type { SettingsDraft } from './settings-draft.ts';
import type { WindowText } from './text/window-text.ts';

/** What every part of the window may reach. */
export interface WindowServices {
	readonly store: OperatorStore;
	readonly text: ReadonlySignal<WindowText>;
	readonly route: ReadonlySignal<Route>;
	readonly notifier: Notifier;
	/** Lives as long as the window, so that a look at another view loses nothing. */
	readonly settingsDraft: SettingsDraft;
}

const WindowContext = createContext<WindowServices | undefined>(undefined);

/** Gives the parts to everything inside. */
export const WindowProvider = WindowContext.Provider;

/** The parts of the window. @throws Error outside of a `WindowProvider` */
export function useWindowServices(): WindowServices {
	const parts = useContext(WindowContext);
	if (parts === undefined) throw new Error('There is no window around this component');
	return parts;
}

/** What the service shows and does. */
export function useOperatorStore(): OperatorStore {
	return useWindowServices().store;
}

/** What the window says in the operator's language; the component draws itself anew when that changes. */
export function useText(): WindowText {
	return useWindowServices().text.value;
}

/** Say in a corner, and to screen readers, that something was done. */
export function useNotify(): (text: string) => void {
	const { notifier } = useWindowServices();
	return (text) => notifier.notify(text);
}
