import { createFormats } from '../formats.ts';

const { plural } = createFormats('en');

export const common = {
	productName: 'Fingerprint Service',
	cancel: 'Cancel',
	close: 'Close',
	save: 'Save',
	copy: 'Copy',
	copied: 'Copied',
	copyFailed: 'The text could not be copied. Select it and copy it by hand.',
	copyOf: (what: string) => `Copy ${what}`,
	retry: 'Try again',
	dismiss: 'Dismiss',
	optional: 'optional',
	details: 'Details',
	on: 'On',
	off: 'Off',
	invalidFields: (count: number) =>
		plural(count, { one: '# field needs your attention', other: '# fields need your attention' }),
};

export type CommonText = typeof common;
