import { computed, effect } from '@preact/signals';
import { render } from 'preact';
import { chooseLanguage } from '../src/protocol/languages.ts';
import { chooseCarrier } from './carriers/choose-carrier.ts';
import { settingValue } from './carriers/chosen-setting.ts';
import { OperatorStore } from './carriers/operator-store.ts';
import { windowClock } from './carriers/window-clock.ts';
import { Notifier } from './notifier.ts';
import { followRoute } from './router.ts';
import { SettingsDraft } from './settings-draft.ts';
import { AppShell } from './shell/app-shell.tsx';
import { windowTextIn } from './text/window-text.ts';
import { WindowProvider } from './window-context.ts';

// The carrier removes the ticket from the URL before the router reads the URL.
const store = new OperatorStore(chooseCarrier(), (action) => requestAnimationFrame(action));
const route = followRoute(window);
const text = computed(() => windowTextIn(chooseLanguage(settingValue(store, 'window.language'), navigator.languages)));

effect(() => {
	const { common, shell, language } = text.value;
	document.title = `${shell.views[route.value]} - ${common.productName}`;
	document.documentElement.lang = language;
});
effect(() => {
	document.documentElement.dataset.theme = String(settingValue(store, 'window.theme') ?? 'system');
});

const services = { store, text, route, notifier: new Notifier(windowClock), settingsDraft: new SettingsDraft() };
const root = document.querySelector('#window');
if (root === null) throw new Error('The page has no element #window. Rebuild the window.');
render(
	<WindowProvider value={services}>
		<AppShell />
	</WindowProvider>,
	root,
);
