import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { codeOf, reasonOf } from './system-error.ts';

const missing = await readFile('/nope').catch((error: unknown) => error);
const notLoaded = Object.assign(new Error('libusb.so: cannot open\nRequire stack:'), { code: 'ERR_DLOPEN_FAILED' });

describe('an error of the operating system', () => {
	it.each([
		[missing, 'ENOENT'],
		[notLoaded, 'ERR_DLOPEN_FAILED'],
		[new Error('failed'), undefined],
		['ENOENT', undefined],
		[undefined, undefined],
	])('%s has the code %s', (thrown, code) => {
		expect(codeOf(thrown)).toBe(code);
	});

	it.each([
		['its code only', missing, 'ENOENT'],
		['the first line of a library message', notLoaded, 'libusb.so: cannot open'],
		['any other thrown value', 'failed', 'failed'],
	])('is described by %s', (_what, thrown, reason) => {
		expect(reasonOf(thrown)).toBe(reason);
	});
});
