import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

export const settings = {
	lead: 'How the service and this window behave',
	sections: {
		window: 'Window',
		desktop: 'Desktop app',
		server: 'Connections',
		scans: 'Scans',
		virtual: 'Virtual readers',
		log: 'Log',
		hid: 'USB readers',
		zkfinger: 'ZKTeco readers',
	},
	fields: {
		'window.language': { label: 'Language', help: 'Of this window and of the tray' },
		'window.theme': { label: 'Appearance', help: 'Light, dark, or as this computer is set' },
		'desktop.startAtLogin': { label: 'Start at login', help: 'Starts in the tray when you log in' },
		'server.host': {
			label: 'Listen on',
			help: 'localhost serves this computer alone, and is the safe choice',
		},
		'server.port': { label: 'Port', help: 'Where web pages connect; 0 takes any free one' },
		'server.allowedHosts': {
			label: 'More names of this computer',
			help: 'Names besides localhost by which clients may reach the service',
		},
		'server.allowedOrigins': { label: 'Allowed origins', help: 'Pages from there may connect; see also Web pages' },
		'server.blockedOrigins': { label: 'Blocked origins', help: 'Pages from there are refused without asking' },
		'server.maxConnections': { label: 'Most connections', help: 'How many clients may be connected at once' },
		'server.maxUnauthenticated': {
			label: 'Most connections without a key',
			help: 'How many of them may not have shown a key yet',
		},
		'server.authTimeoutMs': { label: 'Time to show a key', help: 'How long a new connection may take to authenticate' },
		'server.pingIntervalMs': { label: 'Heartbeat', help: 'How often each client gets a ping' },
		'server.pongTimeoutMs': {
			label: 'Patience with a silent client',
			help: 'How long a client may be silent after a ping',
		},
		'scans.perMinute': { label: 'Scans a minute', help: 'At most so many on one real reader' },
		'virtual.enabled': { label: 'Offer virtual readers', help: 'Two readers that draw fingerprints, for test keys' },
		'virtual.autoTouch': { label: 'Touch by themselves', help: 'Virtual readers touch and lift without a message' },
		'virtual.touchDelayMs': { label: 'Delay of the touch', help: 'How long after the start of a scan they touch' },
		'hid.enabled': { label: 'Look for USB modules', help: 'Fingerprint modules behind HID bridges' },
		'hid.readers': {
			label: 'Known USB modules',
			help: 'HID devices that are readers for certain, or none at all, besides those that are found out',
		},
		'zkfinger.enabled': { label: 'Look for ZKTeco readers', help: 'Such as the SLK20R; they need the ZKFinger SDK' },
		'zkfinger.libraryPath': {
			label: 'ZKFinger library',
			help: 'Path of libzkfp, if it is not where the system looks for libraries',
		},
		'log.level': { label: 'Level', help: 'The least grave level that is logged' },
	},
	choices: {
		'window.language': { system: 'As this computer', en: 'English', id: 'Bahasa Indonesia' },
		'window.theme': { system: 'As this computer', light: 'Light', dark: 'Dark' },
		'log.level': { error: 'Errors', warn: 'Warnings', info: 'Information', debug: 'Everything (debug)' },
	},
	milliseconds: 'ms',
	range: (min: string, max: string) => `From ${min} to ${max}`,
	listHint: 'One entry a line',
	byEnvironment: (variable: string) => `Set by the environment variable ${variable}; it can be changed only there.`,
	byFlag: 'Set on the command line; it can be changed only there.',
	takesEffectAfterRestart: 'Takes effect after a restart',
	changed: 'Not saved yet',
	resetOf: (label: string, value: string) => `Reset ${label} to the default, ${value}`,
	reset: (value: string) => `Reset to default (${value})`,
	unsaved: (count: number) => plural(count, { one: '# unsaved change', other: '# unsaved changes' }),
	save: 'Save changes',
	discard: 'Discard',
	saved: 'The settings are saved',
	numberBetween: (min: string, max: string) => `Enter a whole number from ${min} to ${max}`,
	file: 'These settings are kept in',
	fileName: 'path of the settings',
	unreadable: 'The settings cannot be read',
	unreadableHelp:
		'Correct or remove the file, then start the service again. It is never overwritten while it is damaged.',
	emptyValue: 'empty',
};

export type SettingsText = typeof settings;
