import type { KeyEnvironment, KeyView } from '../../../src/operator/contract.ts';
import type { Permission } from '../../../src/protocol/permissions.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

export const keys = {
	lead: 'A web page or program needs a key to use the fingerprint readers',
	create: 'New key',
	emptyTitle: 'No key yet',
	emptyHelp:
		'A web page identifies itself with a key. Create one for each page, so that you can revoke it without disturbing the others.',
	emptyAction: 'Create the first key',
	noneValidTitle: 'No valid key',
	noneValidHelp: 'Every key is revoked or expired, so no page can scan. Create a new key for each page that should.',
	listLabel: 'Keys that are valid',
	endedLabel: 'Keys that are revoked or expired',
	ended: (count: number) => plural(count, { one: '# revoked or expired key', other: '# revoked or expired keys' }),
	facts: {
		created: 'Created',
		lastUsed: 'Last used',
		expires: 'Expires',
		origins: 'Web pages',
		permissions: 'May',
	},
	neverUsed: 'never',
	neverExpires: 'never',
	anyOrigin: 'any',
	everything: 'everything',
	environments: { live: 'Live', test: 'Test' } satisfies Record<KeyEnvironment, string>,
	statuses: { valid: 'Valid', expired: 'Expired', revoked: 'Revoked' } satisfies Record<KeyView['status'], string>,
	permissions: {
		'device:read': { name: 'see readers', help: 'Which readers are plugged in, and what they are doing.' },
		'fingerprint:scan': { name: 'scan fingers', help: 'Start a scan and receive the fingerprint.' },
		'fingerprint:verify': {
			name: 'compare fingers',
			help: 'Learn whether a finger matches fingerprints that the page has.',
		},
	} satisfies Record<Permission, { name: string; help: string }>,
	rotate: 'Rotate',
	revoke: 'Revoke',
	actionOn: (action: string, name: string) => `${action} ${name}`,
	form: {
		title: 'New key',
		submit: 'Create key',
		name: 'Name',
		nameHint: 'Who will use it, such as “Front desk”.',
		environment: 'Readers',
		environments: {
			test: { name: 'Test', help: 'Works with virtual readers only: for trying things out.' },
			live: { name: 'Live', help: 'Works with real readers only: for daily work.' },
		} satisfies Record<KeyEnvironment, { name: string; help: string }>,
		permissions: 'What it may do',
		expiry: 'Valid',
		expiries: {
			never: 'until it is revoked',
			day: 'for 1 day',
			month: 'for 30 days',
			quarter: 'for 90 days',
			year: 'for 1 year',
			date: 'until the end of a day…',
		},
		day: 'Last day',
		origins: 'Only for these web pages',
		originsHint: 'One address per line, such as https://app.example. Empty means any page that you have allowed.',
		faults: {
			name: 'Enter a name of 1 to 100 characters.',
			permissions: 'Choose at least one thing that it may do.',
			expiresAt: 'Pick a day from today on.',
			origins: 'Write each address as https://app.example, with nothing after it.',
		},
		wrongOrigin: (origin: string) =>
			`“${origin}” is no address of a page. Write it as https://app.example, with nothing after it.`,
	},
	issued: {
		title: (name: string) => `The key “${name}”`,
		onceTitle: 'Copy the key now',
		onceHelp:
			'It is shown only this once: the service keeps no copy. If it gets lost, rotate the key to get a new one.',
		key: 'key',
		snippetTitle: 'A page that uses it',
		snippetHelp:
			'Save it as a file on a web server of this computer and open it there. Whoever can read the page can read the key.',
		snippet: 'page',
		done: 'I have copied it',
	},
	revoking: {
		title: (name: string) => `Revoke “${name}”?`,
		unused: 'No page is connected with it now. It cannot be made valid again.',
		connected: (count: number) =>
			plural(count, {
				one: '# page is connected with it now and will be cut off at once. It cannot be made valid again.',
				other: '# pages are connected with it now and will be cut off at once. It cannot be made valid again.',
			}),
		done: (name: string) => `Revoked “${name}”`,
	},
	rotating: {
		title: (name: string) => `Rotate “${name}”?`,
		unused:
			'You get a new key with the same name and rights. The old one stops working at once; no page is connected with it now.',
		connected: (count: number) =>
			plural(count, {
				one: 'You get a new key with the same name and rights. The old one stops working at once, and # page that is connected with it now will be cut off.',
				other:
					'You get a new key with the same name and rights. The old one stops working at once, and # pages that are connected with it now will be cut off.',
			}),
	},
};

export type KeysText = typeof keys;
