import { fileURLToPath } from 'node:url';
import { app, clipboard, Menu, type MenuItemConstructorOptions, type NativeImage, nativeImage, Tray } from 'electron';
import { assertNever } from '../../src/protocol/assert-never.ts';
import { callOperation, type DesktopContext } from '../app/desktop-context.ts';
import { getSettingValue } from '../ipc/live-topics.ts';
import type { OperatorWindow } from '../window/operator-window.ts';
import { StopQuestion } from './stop-question.ts';
import {
	addressOf,
	interruptedByStop,
	type TrayAction,
	type TrayEntry,
	type TrayFacts,
	type TrayIcon,
	trayIcon,
	trayMenu,
	trayTooltip,
} from './tray-view.ts';

/** Shows the tray icon and keeps it up to date. On a system without a tray, logs a warning and does nothing. */
export function setupTray(context: DesktopContext, window: OperatorWindow): void {
	const tray = tryCreateTray(context);
	if (tray === undefined) return;
	// On macOS a click opens the menu.
	if (process.platform !== 'darwin') tray.on('click', () => window.show());
	let shown = '';
	const draw = () => {
		const facts = factsOf(context);
		const text = context.text();
		const [icon, tooltip, entries] = [trayIcon(facts), trayTooltip(facts, text), trayMenu(facts, text)];
		const next = JSON.stringify([icon, tooltip, entries]);
		// Setting a menu closes it while the operator has it open, so it is only set when it changes.
		if (next === shown) return;
		shown = next;
		tray.setImage(imageOf(icon));
		tray.setToolTip(tooltip);
		tray.setContextMenu(Menu.buildFromTemplate(entries.map((entry) => toMenuItem(entry, actions))));
	};
	const actions = actionsOf(context, window, () => {
		shown = '';
		draw();
	});
	context.topics.watch(['service', 'readers', 'settings'], draw);
}

function tryCreateTray({ logger }: DesktopContext): Tray | undefined {
	try {
		return new Tray(imageOf('stopped'));
	} catch (error) {
		logger.warn('The tray icon could not be created', { error });
		return undefined;
	}
}

function factsOf({ topics }: DesktopContext): TrayFacts {
	return {
		service: topics.get('service') ?? { phase: 'stopped' },
		readers: topics.get('readers') ?? [],
		connections: topics.get('connections')?.length ?? 0,
		startAtLogin: getSettingValue(topics.get('settings'), 'desktop.startAtLogin') === true,
	};
}

/** Loads the icon of a state. macOS adapts the colour of an icon whose name ends in `Template` to its menu bar. */
function imageOf(icon: TrayIcon): NativeImage {
	const name = process.platform === 'darwin' ? `${icon}Template` : icon;
	const file = `../build/icons/rendered/tray/${process.platform}/${name}.png`;
	return nativeImage.createFromPath(fileURLToPath(new URL(file, import.meta.url)));
}

function toMenuItem(entry: TrayEntry, actions: Readonly<Record<TrayAction, () => void>>): MenuItemConstructorOptions {
	switch (entry.kind) {
		case 'separator':
			return { type: 'separator' };
		case 'action':
			return { label: entry.label, enabled: entry.isEnabled, click: actions[entry.action] };
		case 'switch':
			return { label: entry.label, type: 'checkbox', checked: entry.isOn, click: actions[entry.action] };
		case 'list':
			return { label: entry.label, submenu: entry.lines.map((label) => ({ label, enabled: false })) };
		default:
			return assertNever(entry);
	}
}

/** @param redraw updates the tray even when nothing has changed */
function actionsOf(
	context: DesktopContext,
	window: OperatorWindow,
	redraw: () => void,
): Readonly<Record<TrayAction, () => void>> {
	const stopService = new StopQuestion(context, window, () => interruptedByStop(factsOf(context), context.text()));
	return {
		open: () => window.show(),
		start: () => void callOperation(context, 'service:start'),
		stop: () => void stopService.ask(),
		'copy-address': () => copyAddress(context),
		'toggle-login': () => {
			const values = { 'desktop.startAtLogin': !factsOf(context).startAtLogin };
			// The system toggles the check mark itself, even when the setting cannot be written.
			void callOperation(context, 'settings:write', { values }).finally(redraw);
		},
		'show-logs': () => window.show('#/logs'),
		quit: () => app.quit(),
	};
}

function copyAddress(context: DesktopContext): void {
	const address = addressOf(factsOf(context).service);
	if (address === undefined) return;
	clipboard.writeText(address).catch((error: unknown) => {
		context.logger.warn('The address could not be copied', { error });
	});
}
