import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

export const overview = {
	lead: 'The service and its fingerprint readers on this computer',
	runningSince: (when: string) => `Running since ${when}`,
	address: 'Address for web pages',
	moreAddresses: 'Also reachable at',
	noAddress: 'There is no address while the service does not run.',
	readers: 'Readers',
	readerCount: (count: number) => plural(count, { one: '# reader', other: '# readers' }),
	serial: 'Serial number',
	driver: 'Driver',
	firmware: 'Firmware',
	lastActivity: 'Last used',
	notUsed: 'not since the service was started',
	virtual: 'Virtual',
	statuses: { connected: 'Getting ready', idle: 'Ready', busy: 'Scanning', error: 'Out of order' },
	drivers: { virtual: 'built in', hid: 'USB (HID)', zkfinger: 'ZKTeco' } as Readonly<Record<string, string>>,
	noReader: 'No reader yet',
	noReaderHelp:
		'Plug a fingerprint reader in, or try the virtual reader: it draws fingerprints, so that everything can be tried without hardware.',
	noReaderVirtual: 'Plug a fingerprint reader in; it appears here by itself.',
	tryVirtual: 'Try the virtual reader',
	noReaderStopped: 'Readers appear here while the service runs.',
	portUnusable: (port: string) => `Port ${port} cannot be used`,
	portUnusableHelp:
		'Most likely another program has it. Stop that program, or use another port; web pages must then connect to the new one.',
	newPort: 'New port',
	newPortHint: 'A whole number from 1024 to 65535, such as 8081',
	newPortWrong: 'Enter a whole number from 1024 to 65535',
	changePort: 'Use this port and start',
	startAgain: 'Start again',
	openSettings: 'Open the settings',
	openLogs: 'Look into the log',
	firstSteps: 'First steps',
	firstStepsHelp: 'Three steps to a web page that scans a finger.',
	firstStepsDone: (done: number, all: number) => `${done} of ${all} done`,
	stepKey: 'Create an API key',
	stepKeyHelp: 'A web page shows it to be let in.',
	stepTrial: 'Try a scan',
	stepTrialHelp: 'See your own fingerprint and how good it is.',
	stepPage: 'Connect a web page',
	stepPageHelp: 'Put the key into the page that is to scan fingers.',
	stepDone: 'done',
	stepOpen: 'to do',
	createKey: 'Create a key',
	tryScan: 'Try a scan',
	howToConnect: 'How to connect',
};

export type OverviewText = typeof overview;
