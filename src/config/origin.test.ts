import { describe, expect, it } from 'vitest';
import { tryParseOrigin } from './origin.ts';

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
