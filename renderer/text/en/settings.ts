import type { SettingEffect, SettingGroup } from '../../../src/operator/contract.ts';
import { LANGUAGES } from '../../../src/protocol/languages.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

const groups: Readonly<Record<SettingGroup, string>> = {
	window: 'Window',
	desktop: 'Desktop app',
	connections: 'Connections',
	scans: 'Scans',
	'virtual-readers': 'Virtual readers',
	readers: 'USB readers',
	log: 'Log',
};

const takesEffect: Readonly<Record<SettingEffect, string>> = {
	immediately: 'Takes effect immediately',
	'service-start': 'Takes effect after a restart',
	'program-start': 'Takes effect when the program starts again',
};

/** Each language in its own language. */
export const languageNames = Object.fromEntries(LANGUAGES.map(({ code, name }) => [code, name]));

export const settings = {
	lead: 'How the service and this window behave',
	groups,
	fields: {
		'window.language': { label: 'Language', help: 'Language of this window and the tray icon' },
		'window.theme': { label: 'Appearance', help: 'Light, dark, or the same as on this computer' },
		'desktop.startAtLogin': { label: 'Start at login', help: 'Start in the tray when you log in' },
		'server.host': { label: 'Listen on', help: 'localhost is safe: only this computer can connect' },
		'server.port': { label: 'Port', help: 'Port that web pages connect to; 0 selects any free port' },
		'server.allowedHosts': { label: 'Additional host names', help: 'Names by which clients may reach this computer' },
		'server.allowedOrigins': { label: 'Allowed origins', help: 'Web pages that may connect; see also Web pages' },
		'server.blockedOrigins': { label: 'Blocked origins', help: 'Web pages that are refused without asking you' },
		'server.maxConnections': { label: 'Maximum connections', help: 'Clients connected at the same time' },
		'server.maxUnauthenticated': { label: 'Unauthenticated connections', help: 'Maximum at the same time' },
		'server.messagesPerSecond': { label: 'Messages per second', help: 'A client that sends more has to wait' },
		'server.authTimeoutMs': { label: 'Authentication timeout', help: 'Time for a new connection to authenticate' },
		'server.pingIntervalMs': { label: 'Ping interval', help: 'Time between two pings to the same client' },
		'server.pongTimeoutMs': { label: 'Ping timeout', help: 'Time for a client to answer a ping' },
		'scans.perMinute': { label: 'Scans per minute', help: 'Maximum on each real reader' },
		'virtual.enabled': { label: 'Provide virtual readers', help: 'Two simulated readers, which test keys can see' },
		'virtual.autoTouch': {
			label: 'Touch automatically',
			help: 'A simulated finger touches the reader during each scan',
		},
		'virtual.touchDelayMs': { label: 'Touch delay', help: 'Time from the start of a scan to the automatic touch' },
		'hid.enabled': { label: 'Look for USB modules', help: 'Fingerprint modules behind HID bridges' },
		'hid.readers': {
			label: 'Known USB modules',
			help: 'HID devices to open as readers or to ignore, besides those recognised automatically',
		},
		'zkfinger.enabled': { label: 'Look for ZKTeco readers', help: 'Such as the SLK20R; they need the ZKFinger SDK' },
		'zkfinger.libraryPath': { label: 'ZKFinger library', help: 'Path of libzkfp, if the system does not find it' },
		'log.level': { label: 'Level', help: 'Minimum severity of the messages that are logged' },
	},
	choices: {
		'window.language': { system: 'Same as this computer', ...languageNames },
		'window.theme': { system: 'Same as this computer', light: 'Light', dark: 'Dark' },
		'log.level': { error: 'Errors', warn: 'Warnings', info: 'Information', debug: 'Everything (debug)' },
	},
	seconds: 's',
	advanced: 'Advanced',
	advancedHelp: 'Most computers need no change here',
	secondsBetween: (min: string, max: string) => `Enter a number of seconds from ${min} to ${max}`,
	range: (min: string, max: string) => `From ${min} to ${max}`,
	listHint: 'One entry per line',
	byEnvironment: (variable: string) => `Set by the environment variable ${variable} and can only be changed there.`,
	byFlag: 'Set on the command line and can only be changed there.',
	takesEffect,
	changed: 'Not saved yet',
	changedElsewhere: (value: string) => `Meanwhile this was changed elsewhere to ${value}`,
	keepEntry: 'Keep my entry',
	keepEntryOf: (label: string) => `Keep my entry for ${label}`,
	useSaved: (value: string) => `Use ${value}`,
	useSavedOf: (label: string, value: string) => `Use ${value} for ${label}`,
	chooseValue: 'This was changed elsewhere. Choose which value to keep, then save again.',
	resetOf: (label: string, value: string) => `Reset ${label} to the default, ${value}`,
	reset: (value: string) => `Reset to default (${value})`,
	unsaved: (count: number) => plural(count, { one: '# unsaved change', other: '# unsaved changes' }),
	save: 'Save changes',
	discard: 'Discard',
	saved: 'Settings saved',
	numberBetween: (min: string, max: string) => `Enter a whole number from ${min} to ${max}`,
	file: 'These settings are stored in',
	fileName: 'path of the settings file',
	unreadable: 'The settings cannot be read',
	unreadableHelp:
		'Correct or remove the file, then start the service again. The service never overwrites a damaged file.',
	emptyValue: 'empty',
};

export type SettingsText = typeof settings;
