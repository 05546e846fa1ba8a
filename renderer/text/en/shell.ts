import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

export const shell = {
	skipToContent: 'Skip to content',
	navigation: 'Views',
	views: {
		overview: 'Overview',
		trial: 'Try a scan',
		keys: 'API keys',
		origins: 'Web pages',
		logs: 'Logs',
		settings: 'Settings',
		about: 'About',
	},
	service: 'Service',
	serviceState: 'State of the service',
	phases: {
		stopped: 'Stopped',
		starting: 'Starting',
		running: 'Running',
		stopping: 'Stopping',
		failed: 'Failed to start',
	},
	start: 'Start',
	stop: 'Stop',
	restart: 'Restart',
	startService: 'Start the service',
	stopService: 'Stop the service',
	restartService: 'Restart the service',
	stopTitle: 'Stop the service?',
	restartTitle: 'Restart the service?',
	endsConnections: (count: number) =>
		plural(count, {
			one: '# page or program is connected and will be disconnected.',
			other: '# pages or programs are connected and will be disconnected.',
		}),
	endsScans: (count: number) =>
		plural(count, {
			one: '# scan is running and will end without a result.',
			other: '# scans are running and will end without a result.',
		}),
	endsNothing: 'Nothing is interrupted: no page is connected and no scan is running.',
	serviceStopped: 'The service is stopped',
	serviceStoppedHelp: 'Web pages cannot scan fingers until it runs again.',
	restartNeeded: (count: number) =>
		plural(count, {
			one: '# changed setting takes effect after a restart',
			other: '# changed settings take effect after a restart',
		}),
	restartNeededHelp: 'Until then the service uses the old values. Connected pages reconnect automatically.',
	programRestartNeeded: 'The changed address takes effect when the program is restarted',
	programRestartNeededHelp:
		'Until then this window uses the old address. Stop `fingerprint-service serve` and start it again.',
	notConnected: 'Not connected',
	linkLost: 'The connection to the service is lost',
	linkLostHelp: 'The window keeps trying to connect. Changes that you have not saved are kept.',
	unknownState: 'Not known until the window is connected again.',
	callLostHelp: 'Wait until the window is connected again, then check whether the change was made.',
	retryNow: 'Try now',
	unreachable: 'The service does not answer',
	unreachableHelp:
		'Start it, for example with this command. The window connects automatically when the service is running.',
	command: 'command',
	viewFailed: 'This view cannot be shown',
	viewFailedHelp: 'Reload the window. The service itself is not affected.',
	reload: 'Reload',
	connecting: 'Connecting to the service…',
	locked: 'Sign in',
	lockedHelp: 'This window shows keys and settings, so it opens only for the operator of this computer.',
	lockedHow:
		'Run this command in a terminal on the computer where the service runs, then paste the token that it prints:',
	lockedLink: 'Or open the link that the service prints when it starts. Each link works once.',
	token: 'Admin token',
	tokenHint: 'Valid for 30 minutes; this window renews it while it is open.',
	tokenMissing: 'Paste a token first',
	unlock: 'Sign in',
	ticketRefused: 'This link was already used, or it has expired',
	tokenRefused: 'The token was not accepted',
	tokenExpired: 'Your session has expired',
};

export type ShellText = typeof shell;
