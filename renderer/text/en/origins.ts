import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

export const origins = {
	lead: 'Which web pages use the readers, and which may',
	connections: 'Connected now',
	page: 'Page',
	key: 'Key',
	since: 'Connected',
	readers: 'Listens to',
	action: 'Action',
	noReaders: 'no reader',
	admin: 'Administrator',
	program: 'A program, no web page',
	disconnect: 'Disconnect',
	disconnectOf: (who: string) => `Disconnect ${who}`,
	disconnectTitle: (who: string) => `Disconnect ${who}?`,
	disconnectHelp:
		'A scan that it runs ends at once. It may connect again: to keep it out, block its origin or revoke its key.',
	disconnected: (who: string) => `${who} is disconnected`,
	noConnections: 'No page is connected',
	noConnectionsHelp: 'Create an API key, put it into your page, and open the page on this computer.',
	noConnectionsStopped: 'Pages connect while the service runs.',
	goToKeys: 'Go to API keys',
	pending: 'Waiting for your decision',
	pendingHelp: 'These origins tried to connect and were refused. Allow only those that you know.',
	attempts: (count: number) => plural(count, { one: 'tried once', other: 'tried # times' }),
	lastSeen: 'the last time',
	allow: 'Allow',
	block: 'Block',
	forget: 'Forget',
	allowOf: (origin: string) => `Allow ${origin}`,
	blockOf: (origin: string) => `Block ${origin}`,
	forgetOf: (origin: string) => `Forget the decision about ${origin}`,
	allowed: (origin: string) => `${origin} may connect now`,
	blocked: (origin: string) => `${origin} is blocked`,
	forgotten: (origin: string) => `The decision about ${origin} is forgotten`,
	origins: 'Origins',
	originsHelp:
		'An origin is where a page comes from: scheme, host and port, such as https://app.example. Pages of this computer may always connect; any other origin needs your leave.',
	stateAllowed: 'Allowed',
	stateBlocked: 'Blocked',
	noOrigins: 'No origin needs a decision',
	noOriginsHelp:
		'When a page from elsewhere tries to connect, it waits here for you. You can also allow one in advance.',
	addOrigin: 'Allow an origin',
	originField: 'Origin',
	originHint: 'Scheme, host and port without a path, such as https://app.example',
	originWrong: 'Enter an address that begins with https:// or http:// and has no path',
};

export type OriginsText = typeof origins;
