import type { ReaderView, ServiceState } from '../../src/operator/contract.ts';
import { assertNever } from '../../src/protocol/assert-never.ts';
import type { DesktopText } from '../text/desktop-text.ts';

/** The states of the tray icon. `TRAY_STATES` in build/icons/icon-set.ts has one icon file for each. */
export type TrayIcon = 'running' | 'stopped' | 'scanning' | 'failed';

/** The state from which icon, tooltip and menu are derived. */
export interface TrayFacts {
	readonly service: ServiceState;
	readonly readers: readonly ReaderView[];
	/** Number of connected clients. */
	readonly connections: number;
	readonly startAtLogin: boolean;
}

/** What a click on an entry of the menu does. */
export type TrayAction = 'open' | 'start' | 'stop' | 'copy-address' | 'toggle-login' | 'show-logs' | 'quit';

/** One entry of the menu. */
export type TrayEntry =
	| { readonly kind: 'separator' }
	| { readonly kind: 'action'; readonly label: string; readonly action: TrayAction; readonly isEnabled: boolean }
	| { readonly kind: 'switch'; readonly label: string; readonly action: TrayAction; readonly isOn: boolean }
	/** A sub-menu of lines that cannot be clicked. */
	| { readonly kind: 'list'; readonly label: string; readonly lines: readonly string[] };

/** Windows truncates the tooltip of a tray icon to 127 characters. */
const TOOLTIP_LENGTH = 127;

/** Returns the icon for a state. A service that is starting or stopping is shown as stopped. */
export function trayIcon({ service, readers }: TrayFacts): TrayIcon {
	switch (service.phase) {
		case 'running':
			return readers.some(({ status }) => status === 'busy') ? 'scanning' : 'running';
		case 'failed':
			return 'failed';
		case 'stopped':
		case 'starting':
		case 'stopping':
			return 'stopped';
		default:
			return assertNever(service);
	}
}

/** Returns the tooltip: one line each for name and state or, while the service runs, name, address and readers. */
export function trayTooltip(facts: TrayFacts, text: DesktopText): string {
	const tooltip = [text.appName, ...stateLines(facts, text)].join('\n');
	return tooltip.length <= TOOLTIP_LENGTH ? tooltip : `${tooltip.slice(0, TOOLTIP_LENGTH - 1)}…`;
}

/** Returns the menu's entries from top to bottom. */
export function trayMenu(facts: TrayFacts, text: DesktopText): readonly TrayEntry[] {
	const { service, startAtLogin } = facts;
	const isUp = service.phase === 'running' || service.phase === 'stopping';
	const isSettled = service.phase !== 'starting' && service.phase !== 'stopping';
	return [
		action(text.openWindow, 'open'),
		isUp ? action(text.stopService, 'stop', isSettled) : action(text.startService, 'start', isSettled),
		separator,
		{ kind: 'list', label: text.readers, lines: readerLines(facts, text) },
		action(text.copyAddress, 'copy-address', addressOf(service) !== undefined),
		separator,
		{ kind: 'switch', label: text.startAtLogin, action: 'toggle-login', isOn: startAtLogin },
		action(text.showLogs, 'show-logs'),
		separator,
		action(text.quit, 'quit'),
	];
}

/** Returns what a stop of the service interrupts, one line each; empty if nothing. */
export function interruptedByStop({ service, readers, connections }: TrayFacts, text: DesktopText): readonly string[] {
	if (service.phase !== 'running') return [];
	const scans = readers.filter(({ status }) => status === 'busy').length;
	return [
		...(connections > 0 ? [text.endsConnections(connections)] : []),
		...(scans > 0 ? [text.endsScans(scans)] : []),
	];
}

/** Returns the address for clients, such as `ws://localhost:8080`, or `undefined` when the service does not run. */
export function addressOf(service: ServiceState): string | undefined {
	return service.phase === 'running' ? service.addresses[0] : undefined;
}

const separator: TrayEntry = { kind: 'separator' };

function action(label: string, what: TrayAction, isEnabled = true): TrayEntry {
	return { kind: 'action', label, action: what, isEnabled };
}

function stateLines({ service, readers }: TrayFacts, text: DesktopText): string[] {
	if (service.phase === 'failed') return [text.failed(service.problem.message)];
	if (service.phase !== 'running') return [text.phase[service.phase]];
	return [addressOf(service) ?? text.phase.running, readerSummary(readers, text)];
}

/** Returns how many readers a page can use. A virtual reader is only for testing. */
function readerSummary(readers: readonly ReaderView[], text: DesktopText): string {
	const real = readers.filter(({ isVirtual }) => !isVirtual);
	const faulty = real.filter(({ status }) => status === 'error').length;
	if (faulty > 0) return text.faultyReaders(real.length, faulty);
	if (real.length > 0) return text.readerCount(real.length);
	return readers.length > 0 ? text.onlyVirtualReaders : text.noReaders;
}

function readerLines({ service, readers }: TrayFacts, text: DesktopText): readonly string[] {
	if (service.phase !== 'running') return [text.readersNotShown];
	if (readers.length === 0) return [text.noReaders];
	return readers.map(({ model, serialNumber, status, isVirtual }) => {
		const state = isVirtual && status === 'idle' ? text.virtualReady : text.readerStatus[status];
		return menuText(`${model} ${serialNumber}: ${state}`);
	});
}

/**
 * Makes text that a reader reports safe for a menu: removes control characters and line breaks, and doubles `&`, which
 * otherwise marks the letter of a keyboard shortcut.
 */
function menuText(text: string): string {
	return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').replaceAll('&', '&&');
}
