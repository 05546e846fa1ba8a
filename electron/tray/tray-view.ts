import type { ReaderView, ServiceState } from '../../src/operator/contract.ts';
import { assertNever } from '../../src/protocol/assert-never.ts';
import type { DesktopText } from '../text/desktop-text.ts';

/** What the tray icon shows; there is one picture for each (`TRAY_STATES` in build/icons/icon-set.ts). */
export type TrayIcon = 'running' | 'stopped' | 'scanning' | 'failed';

/** What the tray is drawn from. */
export interface TrayFacts {
	readonly service: ServiceState;
	readonly readers: readonly ReaderView[];
	readonly startAtLogin: boolean;
}

/** What a click in the tray's menu asks for. */
export type TrayAction = 'open' | 'start' | 'stop' | 'copy-address' | 'toggle-login' | 'show-logs' | 'quit';

/** One line of the tray's menu. */
export type TrayEntry =
	| { readonly kind: 'separator' }
	| { readonly kind: 'action'; readonly label: string; readonly action: TrayAction; readonly isEnabled: boolean }
	| { readonly kind: 'switch'; readonly label: string; readonly action: TrayAction; readonly isOn: boolean }
	/** Lines to read, behind a label. */
	| { readonly kind: 'list'; readonly label: string; readonly lines: readonly string[] };

/** Windows cuts the tooltip of a tray icon after 127 characters. */
const TOOLTIP_LENGTH = 127;

/** The picture for a state; a start or stop that has not come to its end counts as stopped. */
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

/** Name, state, and while it runs address and readers: a line each, 127 characters at most. */
export function trayTooltip(facts: TrayFacts, text: DesktopText): string {
	const tooltip = [text.appName, ...stateLines(facts, text)].join('\n');
	return tooltip.length <= TOOLTIP_LENGTH ? tooltip : `${tooltip.slice(0, TOOLTIP_LENGTH - 1)}…`;
}

/** The menu, top down. */
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

/** Where pages connect, such as `ws://localhost:8080`, while the service runs. */
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
	return [addressOf(service) ?? text.phase.running, text.readerCount(readers.length)];
}

function readerLines({ service, readers }: TrayFacts, text: DesktopText): readonly string[] {
	if (service.phase !== 'running') return [text.readersNotShown];
	if (readers.length === 0) return [text.noReaders];
	return readers.map(({ model, serialNumber, status }) =>
		menuText(`${model} ${serialNumber}: ${text.readerStatus[status]}`),
	);
}

/** What a device says of itself, as one plain line: in menus `&` marks the letter of a shortcut, `&&` is the character. */
function menuText(text: string): string {
	return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').replaceAll('&', '&&');
}
