import { fileURLToPath } from 'node:url';
import { app, clipboard, Menu, type MenuItemConstructorOptions, type NativeImage, nativeImage, Tray } from 'electron';
import { assertNever } from '../../src/protocol/assert-never.ts';
import { type DesktopContext, perform } from '../app/desktop-context.ts';
import { settingValue } from '../ipc/live-topics.ts';
import type { OperatorWindow } from '../window/operator-window.ts';
import {
	addressOf,
	type TrayAction,
	type TrayEntry,
	type TrayFacts,
	type TrayIcon,
	trayIcon,
	trayMenu,
	trayTooltip,
} from './tray-view.ts';

/** Put the icon into the tray and keep it as the service is. Where there is no tray the app goes without. */
export function setupTray(shell: DesktopContext, window: OperatorWindow): void {
	const tray = tryCreateTray(shell);
	if (tray === undefined) return;
	// On macOS a click opens the menu.
	if (process.platform !== 'darwin') tray.on('click', () => window.show());
	let shown = '';
	const draw = () => {
		const facts = factsOf(shell);
		const text = shell.text();
		const [icon, tooltip, entries] = [trayIcon(facts), trayTooltip(facts, text), trayMenu(facts, text)];
		const next = JSON.stringify([icon, tooltip, entries]);
		// A menu that is set anew closes under the hand of whoever has it open.
		if (next === shown) return;
		shown = next;
		tray.setImage(imageOf(icon));
		tray.setToolTip(tooltip);
		tray.setContextMenu(Menu.buildFromTemplate(entries.map((entry) => toMenuItem(entry, actions))));
	};
	const actions = actionsOf(shell, window, () => {
		shown = '';
		draw();
	});
	shell.topics.watch(['service', 'readers', 'settings'], draw);
}

function tryCreateTray({ logger }: DesktopContext): Tray | undefined {
	try {
		return new Tray(imageOf('stopped'));
	} catch (error) {
		logger.warn('There is no tray for the icon', { error });
		return undefined;
	}
}

function factsOf({ topics }: DesktopContext): TrayFacts {
	return {
		service: topics.get('service') ?? { phase: 'stopped' },
		readers: topics.get('readers') ?? [],
		startAtLogin: settingValue(topics.get('settings'), 'desktop.startAtLogin') === true,
	};
}

/** macOS colours the picture as its menu bar needs it, which it knows by the end of the name. */
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

/** @param redraw draws everything anew, whatever is shown */
function actionsOf(
	shell: DesktopContext,
	window: OperatorWindow,
	redraw: () => void,
): Readonly<Record<TrayAction, () => void>> {
	return {
		open: () => window.show(),
		start: () => void perform(shell, 'service:start'),
		stop: () => void perform(shell, 'service:stop'),
		'copy-address': () => copyAddress(shell),
		'toggle-login': () => {
			const values = { 'desktop.startAtLogin': !factsOf(shell).startAtLogin };
			// The system has ticked the box by itself, also where the setting cannot be written.
			void perform(shell, 'settings:write', { values }).finally(redraw);
		},
		'show-logs': () => window.show('#/logs'),
		quit: () => app.quit(),
	};
}

function copyAddress(shell: DesktopContext): void {
	const address = addressOf(factsOf(shell).service);
	if (address === undefined) return;
	clipboard.writeText(address).catch((error: unknown) => {
		shell.logger.warn('The address could not be copied', { error });
	});
}
