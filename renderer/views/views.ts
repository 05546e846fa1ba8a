import type { ComponentType } from 'preact';
import type { Route } from '../router.ts';
import { AboutView } from './about-view.tsx';
import { KeysView } from './keys-view.tsx';
import { LogsView } from './logs-view.tsx';
import { OverviewView } from './overview-view.tsx';
import { PagesView } from './pages-view.tsx';
import { SettingsView } from './settings-view.tsx';
import { TrialView } from './trial-view.tsx';

/** What is drawn for each route. Each begins with a `PageHeader`. */
export const VIEWS: Readonly<Record<Route, { readonly View: ComponentType }>> = {
	overview: { View: OverviewView },
	trial: { View: TrialView },
	keys: { View: KeysView },
	pages: { View: PagesView },
	logs: { View: LogsView },
	settings: { View: SettingsView },
	about: { View: AboutView },
};
