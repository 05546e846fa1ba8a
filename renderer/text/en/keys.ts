import type { KeyEnvironment, KeyView } from '../../../src/operator/contract.ts';
import type { Permission } from '../../../src/protocol/permissions.ts';
import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

export const keys = {
	lead: 'Web pages and programs need an API key to use the fingerprint readers',
	create: 'New key',
	emptyTitle: 'No key yet',
	emptyHelp:
		'A web page identifies itself with a key. Create one for each page, so that you can revoke it without disturbing the others.',
	emptyAction: 'Create the first key',
	noneValidTitle: 'No valid key',
	noneValidHelp: 'All keys are revoked or expired, so no page can scan. Create a new key for each page that needs one.',
	listLabel: 'Keys that are valid',
	inactiveLabel: 'Keys that are revoked or expired',
	inactive: (count: number) => plural(count, { one: '# revoked or expired key', other: '# revoked or expired keys' }),
	facts: {
		created: 'Created',
		lastUsed: 'Last used',
		expires: 'Expires',
		overlapEnds: 'Replaced, ends',
		origins: 'Web pages',
		permissions: 'Permissions',
	},
	neverUsed: 'never',
	neverExpires: 'never',
	anyOrigin: 'any',
	allPermissions: 'all',
	environments: { live: 'Live', test: 'Test' } satisfies Record<KeyEnvironment, string>,
	statuses: { valid: 'Valid', expired: 'Expired', revoked: 'Revoked' } satisfies Record<KeyView['status'], string>,
	permissions: {
		'device:read': { name: 'see readers', help: 'Which readers are plugged in, and what they are doing.' },
		'fingerprint:scan': { name: 'scan fingers', help: 'Start a scan and receive the fingerprint.' },
		'fingerprint:verify': {
			name: 'verify fingers',
			help: 'Check whether a finger matches fingerprints that the page has.',
		},
		'fingerprint:image': {
			name: 'receive images',
			help: 'Receive the image of a scanned finger. Images are personal data: allow this only if the page needs them.',
		},
	} satisfies Record<Permission, { name: string; help: string }>,
	rotate: 'Rotate',
	revoke: 'Revoke',
	endsPredecessors: 'The key that it replaced, which still works, ends with it.',
	actionOn: (action: string, name: string) => `${action} ${name}`,
	form: {
		title: 'New key',
		submit: 'Create key',
		name: 'Name',
		nameHint: 'Who will use it, such as “Front desk”.',
		environment: 'Readers',
		environments: {
			test: { name: 'Test', help: 'Works with virtual readers only, for testing.' },
			live: { name: 'Live', help: 'Works with real readers only, for daily work.' },
		} satisfies Record<KeyEnvironment, { name: string; help: string }>,
		permissions: 'Permissions',
		expiry: 'Valid',
		expiries: {
			never: 'until it is revoked',
			day: 'for 1 day',
			month: 'for 30 days',
			quarter: 'for 90 days',
			year: 'for 1 year',
			date: 'until a chosen day…',
		},
		day: 'Last day',
		origins: 'Only for these web pages',
		originsHint:
			'One address per line, such as https://app.example, or https://*.app.example for all its subdomains. Leave it empty to accept every page that you have allowed.',
		errors: {
			name: 'Enter a name of 1 to 100 characters.',
			permissions: 'Choose at least one permission.',
			expiresAt: 'Choose today or a later day.',
			origins: 'Write each address without a path, such as https://app.example or https://*.app.example.',
		},
		wrongOrigin: (origin: string) =>
			`“${origin}” is not possible. Write an address without a path, such as https://app.example, or https://*.app.example for all its subdomains; a wildcard for a domain with many owners, such as com or github.io, is not possible.`,
	},
	issued: {
		title: (name: string) => `Key “${name}”`,
		onceTitle: 'Copy the key now',
		onceHelp:
			'It is shown only once, because the service keeps no copy. If you lose it, rotate the key to get a new one.',
		key: 'key',
		snippetTitle: 'Example page',
		snippetHelp:
			'Save it as a file on a web server on this computer and open it from there. Anyone who can read the page can read the key.',
		snippet: 'example page',
		done: 'I have copied it',
	},
	revoking: {
		title: (name: string) => `Revoke “${name}”?`,
		unused: 'No page is connected with it now. A revoked key cannot be made valid again.',
		connected: (count: number) =>
			plural(count, {
				one: '# page is connected with it now and will be disconnected at once. A revoked key cannot be made valid again.',
				other:
					'# pages are connected with it now and will be disconnected at once. A revoked key cannot be made valid again.',
			}),
		done: (name: string) => `Revoked “${name}”`,
	},
	rotating: {
		title: (name: string) => `Rotate “${name}”?`,
		help: 'You get a new key with the same name and permissions.',
		unused: 'The old key stops working at once. No page is connected with it now.',
		connected: (count: number) =>
			plural(count, {
				one: 'The old key stops working at once, and # page that is connected with it now will be disconnected.',
				other: 'The old key stops working at once, and # pages that are connected with it now will be disconnected.',
			}),
		overlapping: 'Both keys work until then, so that you can change your pages one after the other.',
		overlap: 'The old key',
		overlaps: {
			none: 'stops working at once',
			day: 'works for 1 more day',
			week: 'works for 7 more days',
			month: 'works for 30 more days',
		},
	},
};

export type KeysText = typeof keys;
