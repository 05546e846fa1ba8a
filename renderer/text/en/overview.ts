import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

export const overview = {
	lead: 'The service and its fingerprint readers on this computer',
	runningSince: (when: string) => `Running since ${when}`,
	address: 'Address for web pages',
	moreAddresses: 'Also reachable at',
	noAddress: 'The address is shown here when the service is running.',
	readers: 'Readers',
	serial: 'Serial number',
	driver: 'Driver',
	firmware: 'Firmware',
	lastActivity: 'Last used',
	notUsed: 'not since it was connected',
	virtual: 'Virtual',
	statuses: { connected: 'Getting ready', idle: 'Ready', busy: 'Scanning', error: 'Out of order' },
	/** The state of a virtual reader that waits for a scan. */
	virtualReady: 'Available',
	readyReaders: (count: number) => plural(count, { one: '# reader is ready', other: '# readers are ready' }),
	onlyVirtual: 'No reader is plugged in; virtual readers are available',
	onlyVirtualHelp: 'Plug in a reader for daily work. The virtual readers work only with test keys.',
	noneReady: 'No reader is ready',
	drivers: { virtual: 'built in', hid: 'USB (HID)', zkfinger: 'ZKTeco' } as Readonly<Record<string, string>>,
	noReader: 'No reader yet',
	noReaderHelp:
		'Plug in a fingerprint reader, or try the virtual reader. It generates fingerprints, so that you can try everything without hardware.',
	noReaderVirtual: 'Plug in a fingerprint reader. It appears here automatically.',
	tryVirtual: 'Try the virtual reader',
	noReaderStopped: 'Readers are shown here when the service is running.',
	portUnusable: (port: string) => `Port ${port} cannot be used`,
	portUnusableHelp:
		'Another program probably uses it. Stop that program, or choose another port. Web pages must then connect to the new port.',
	newPort: 'New port',
	newPortHint: 'A whole number from 1024 to 65535, such as 8081',
	newPortWrong: 'Enter a whole number from 1024 to 65535',
	changePort: 'Use this port and start',
	startAgain: 'Start again',
	openLogs: 'Open the log',
	firstSteps: 'First steps',
	firstStepsHelp: 'Four steps to a web page that scans fingers.',
	firstStepsDone: (done: number, all: number) => `${done} of ${all} done`,
	stepReader: 'Plug in a reader',
	stepReaderHelp: 'It appears below automatically. Until then you can try the other steps with a virtual reader.',
	stepKey: 'Create an API key',
	stepKeyHelp: 'A web page needs a key to connect.',
	stepTrial: 'Try a scan',
	stepTrialHelp: 'See a fingerprint and its quality.',
	stepPage: 'Connect a web page',
	stepPageHelp: 'Put the key into the page that will scan fingers.',
	stepDone: 'done',
	createKey: 'Create a key',
	tryScan: 'Try a scan',
	howToConnect: 'How to connect',
};

export type OverviewText = typeof overview;
