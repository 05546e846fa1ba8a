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
	serviceStopped: 'The service is stopped',
	serviceStoppedHelp: 'Web pages cannot scan fingers until it runs again.',
	restartNeeded: (count: number) =>
		plural(count, { one: '# changed setting waits for a restart', other: '# changed settings wait for a restart' }),
	restartNeededHelp: 'The service goes on with the old values until then. Connected pages come back by themselves.',
	programRestartNeeded: 'The changed address takes effect when the program is started again',
	programRestartNeededHelp:
		'This window comes from the same address, so it stays until then: end `fingerprint-service serve` and start it anew.',
	notConnected: 'Not connected',
	linkLost: 'The connection to the service is lost',
	linkLostHelp: 'What you see may be out of date. The window keeps trying to connect.',
	retryNow: 'Try now',
	unreachable: 'The service does not answer',
	unreachableHelp: 'Start it, for example with this command. The window connects by itself as soon as it runs.',
	command: 'command',
	viewFailed: 'This view cannot be shown',
	viewFailedHelp: 'Reload the window. The service itself is not affected.',
	reload: 'Reload',
	connecting: 'Connecting to the service…',
	locked: 'Sign in',
	lockedHelp: 'This window shows keys and settings, so it opens only for the operator of this computer.',
	lockedHow: 'Run this command in a terminal on the computer of the service, then paste the token it prints:',
	lockedLink: 'Or open the link that the service prints when it starts. Each link works once.',
	token: 'Admin token',
	tokenHint: 'Valid for 30 minutes; this window renews it while it is open.',
	tokenMissing: 'Paste a token first',
	unlock: 'Sign in',
	ticketRefused: 'This link was used already, or it is too old',
	tokenRefused: 'The token was not accepted',
	tokenExpired: 'Your session has expired',
};

export type ShellText = typeof shell;
