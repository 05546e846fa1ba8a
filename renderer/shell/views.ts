import type { ComponentType } from 'preact';
import { AboutView } from '../about/about-view.tsx';
import { KeysView } from '../keys/keys-view.tsx';
import { LogsView } from '../logs/logs-view.tsx';
import { OriginsView } from '../origins/origins-view.tsx';
import { OverviewView } from '../overview/overview-view.tsx';
import type { Route } from '../router.ts';
import { SettingsView } from '../settings/settings-view.tsx';
import { TrialView } from '../trial/trial-view.tsx';

/** The component of each route. Each starts with a `ViewHeader`. */
export const VIEWS: Readonly<Record<Route, { readonly View: ComponentType }>> = {
	overview: { View: OverviewView },
	trial: { View: TrialView },
	keys: { View: KeysView },
	origins: { View: OriginsView },
	logs: { View: LogsView },
	settings: { View: SettingsView },
	about: { View: AboutView },
};
