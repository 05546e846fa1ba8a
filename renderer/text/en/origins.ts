import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

export const origins = {
	lead: 'Web pages that are connected, and those that may connect',
	connections: 'Connected now',
	page: 'Page',
	key: 'Key',
	since: 'Connected',
	readers: 'Subscribed to',
	action: 'Action',
	noReaders: 'no readers',
	admin: 'Administrator',
	program: 'Program, not a web page',
	disconnect: 'Disconnect',
	disconnectOf: (who: string) => `Disconnect ${who}`,
	disconnectTitle: (who: string) => `Disconnect ${who}?`,
	disconnectHelp:
		'If it is running a scan, the scan ends at once. It can connect again. To prevent that, block its origin or revoke its key.',
	disconnected: (who: string) => `${who} was disconnected`,
	noConnections: 'No page is connected',
	noConnectionsHelp: 'Create an API key, put it into your page, and open the page on this computer.',
	noConnectionsPending: 'A page is waiting for your decision above.',
	noConnectionsWithKey: 'Put an API key into your page, and open the page on this computer.',
	noConnectionsStopped: 'Pages can connect only while the service is running.',
	goToKeys: 'Go to API keys',
	pending: 'Waiting for your decision',
	pendingHelp: 'These origins tried to connect and were refused. Allow only origins that you know.',
	attempts: (count: number) => plural(count, { one: 'tried once', other: 'tried # times' }),
	lastSeen: 'most recently',
	allow: 'Allow',
	block: 'Block',
	forget: 'Forget',
	allowOf: (origin: string) => `Allow ${origin}`,
	blockOf: (origin: string) => `Block ${origin}`,
	forgetOf: (origin: string) => `Forget the decision about ${origin}`,
	allowed: (origin: string) => `${origin} may connect now`,
	blocked: (origin: string) => `${origin} is blocked`,
	forgotten: (origin: string) => `The decision about ${origin} was forgotten`,
	origins: 'Origins',
	originsHelp:
		'An origin is the scheme, host and port of a page address, such as https://app.example. Pages from this computer may always connect. Every other origin needs your permission.',
	stateAllowed: 'Allowed',
	stateBlocked: 'Blocked',
	noOrigins: 'No origin is allowed or blocked yet',
	noOriginsHelp:
		'When a page from another origin tries to connect, you can allow or block that origin here. You can also allow an origin in advance.',
	noOriginsPending: 'Allow or block the origins above. You can also allow another origin in advance.',
	addOrigin: 'Allow an origin',
	originField: 'Origin',
	originHint:
		'Scheme, host and port without a path, such as https://app.example, or https://*.app.example for all its subdomains',
	originWrong:
		'Enter an address without a path, such as https://app.example. https://*.app.example stands for all its subdomains; a wildcard for a domain with many owners, such as com or github.io, is not possible.',
};

export type OriginsText = typeof origins;
