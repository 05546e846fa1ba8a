import { describe, expect, it } from 'vitest';
import { coversOrigin, normaliseOriginPattern, tryParseOrigin, tryParseOriginPattern } from './origin.ts';

describe('an origin', () => {
	it.each([
		['https://app.example', 'https://app.example'],
		['HTTPS://App.Example:443', 'https://app.example'],
		['http://app.example:80', 'http://app.example'],
		['http://app.example:8080', 'http://app.example:8080'],
		['http://[0:0:0:0:0:0:0:1]:3000', 'http://[::1]:3000'],
		['http://127.1', 'http://127.0.0.1'],
		['https://münchen.example', 'https://xn--mnchen-3ya.example'],
		['chrome-extension://abcdefghijklmnop', 'chrome-extension://abcdefghijklmnop'],
		[`https://${'a'.repeat(253)}:8443`, `https://${'a'.repeat(253)}:8443`],
	])('%s is normalised to %s', (text, normalised) => {
		expect(tryParseOrigin(text)).toBe(normalised);
	});

	it.each([
		'',
		'null',
		'*',
		'app.example',
		'https:app.example',
		'https://',
		'https://*.app.example',
		'https://app.example/',
		'https://app.example/path',
		'https://app.example?',
		'https://app.example#',
		'https://user@app.example',
		'https://app.example\\@evil.example',
		'https://app.example evil.example',
		'https://app.example:99999',
		'file:///etc/passwd',
		`https://${'a.'.repeat(150)}app.example`,
	])('%j is refused', (text) => {
		expect(tryParseOrigin(text)).toBeUndefined();
	});
});

describe('an origin pattern', () => {
	it.each([
		['https://app.example', 'https://app.example'],
		['http://127.1:3000', 'http://127.0.0.1:3000'],
		['https://*.app.example', 'https://*.app.example'],
		['HTTPS://*.App.Example:443', 'https://*.app.example'],
		['https://*.app.example:8443', 'https://*.app.example:8443'],
		['https://*.münchen.example', 'https://*.xn--mnchen-3ya.example'],
		['https://*.desk.app.example', 'https://*.desk.app.example'],
		['https://*.shop.github.io', 'https://*.shop.github.io'],
		['https://*.city.kawasaki.jp', 'https://*.city.kawasaki.jp'],
		['https://*.食狮.公司.cn', 'https://*.xn--85x722f.xn--55qx5d.cn'],
	])('%s is normalised to %s', (text, normalised) => {
		expect(tryParseOriginPattern(text)).toBe(normalised);
	});

	it.each([
		['all origins', 'https://*'],
		['all origins', '*'],
		['a wildcard without a scheme', '*.app.example'],
		['another scheme', 'http://*.app.example'],
		['another scheme', 'http://*.localhost'],
		['another scheme', 'chrome-extension://*.app.example'],
		['a wildcard in the middle', 'https://desk.*.example'],
		['a wildcard at the end', 'https://app.example.*'],
		['a part of a label', 'https://*desk.app.example'],
		['a part of a label', 'https://desk*.app.example'],
		['two wildcards', 'https://*.*.app.example'],
		['an empty label', 'https://*..app.example'],
		['a trailing dot', 'https://*.app.example.'],
		['a trailing dot', 'https://*.app.example.:8443'],
		['a path', 'https://*.app.example/'],
		['a path', 'https://*.app.example/desk'],
		['a user', 'https://me@*.app.example'],
		['a user', 'https://*.me@app.example'],
		['any port', 'https://*.app.example:*'],
		['a wrong port', 'https://*.app.example:99999'],
		['white space', 'https://*.app.example '],
		['an address', 'https://*.127.0.0.1'],
		['an address', 'https://*.0x7f.1'],
		['an address', 'https://*.[::1]'],
		['one label', 'https://*.localhost'],
		['one label', 'https://*.intranet'],
		['a public suffix', 'https://*.com'],
		['a public suffix', 'https://*.CO.UK'],
		['a public suffix', 'https://*.com:8443'],
		['a public suffix', 'https://*.com.'],
		['a public suffix', 'https://*.公司.cn'],
		['a public suffix by a wildcard rule', 'https://*.foo.kawasaki.jp'],
		['a private public suffix', 'https://*.github.io'],
		['a private public suffix', 'https://*.s3.amazonaws.com'],
		['too many characters', `https://*.${'a.'.repeat(150)}app.example`],
	])('cannot have %s: %s', (_what, text) => {
		expect(tryParseOriginPattern(text)).toBeUndefined();
	});

	it('stays readable when its host becomes a public suffix later', () => {
		expect(normaliseOriginPattern('https://*.github.io')).toBe('https://*.github.io');
		expect(normaliseOriginPattern('https://*')).toBeUndefined();
	});

	it.each([
		['https://*.app.example', 'https://desk.app.example', true],
		['https://*.app.example', 'https://a.b.app.example', true],
		['https://*.app.example', 'https://app.example', false],
		['https://*.app.example', 'https://.app.example', false],
		['https://*.app.example', 'https://evilapp.example', false],
		['https://*.app.example', 'https://desk.app.example.evil.example', false],
		['https://*.app.example', 'https://desk.app.example:8443', false],
		['https://*.app.example', 'https://desk.app.example.', false],
		['https://*.app.example', 'http://desk.app.example', false],
		['https://*.app.example:8443', 'https://desk.app.example:8443', true],
		['https://*.app.example:8443', 'https://desk.app.example', false],
		['https://*.app.example:8443', 'https://desk.app.example:443', false],
		['https://app.example', 'https://app.example', true],
		['https://app.example', 'https://desk.app.example', false],
	])('%s covers %s: %s', (pattern, origin, isCovered) => {
		expect(coversOrigin(pattern, origin)).toBe(isCovered);
	});
});
