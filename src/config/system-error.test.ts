import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { codeOf, reasonOf } from './system-error.ts';

const missing = await readFile('/nope').catch((error: unknown) => error);
const notLoaded = Object.assign(new Error('libusb.so: cannot open\nRequire stack:'), { code: 'ERR_DLOPEN_FAILED' });

describe('an error of the operating system', () => {
	it.each([
		[missing, 'ENOENT'],
		[notLoaded, 'ERR_DLOPEN_FAILED'],
		[new Error('no luck'), undefined],
		['ENOENT', undefined],
		[undefined, undefined],
	])('%s has the code %s', (thrown, code) => {
		expect(codeOf(thrown)).toBe(code);
	});

	it.each([
		['its code alone', missing, 'ENOENT'],
		['the first line of what a library says', notLoaded, 'libusb.so: cannot open'],
		['whatever else was thrown', 'no luck', 'no luck'],
	])('is told by %s', (_what, thrown, reason) => {
		expect(reasonOf(thrown)).toBe(reason);
	});
});
