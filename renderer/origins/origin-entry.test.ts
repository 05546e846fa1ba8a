import { describe, expect, it } from 'vitest';
import { tryParseOriginEntry } from './origin-entry.ts';

describe('tryParseOriginEntry', () => {
	it.each([
		['https://app.example', 'https://app.example'],
		[' HTTPS://App.Example/ ', 'https://app.example'],
		['http://192.0.2.7:8080', 'http://192.0.2.7:8080'],
		['https://app.example:443', 'https://app.example'],
		['http://[::1]:5173', 'http://[::1]:5173'],
		['HTTPS://*.App.Example:8443', 'https://*.app.example:8443'],
	])('accepts %j', (text, origin) => {
		expect(tryParseOriginEntry(text)).toBe(origin);
	});

	it.each([
		'',
		'app.example',
		'https://',
		'https://app.example/desk',
		'ftp://app.example',
		'https://me@app.example',
		'https://app.example:99999',
		'https://a b',
		'https://*',
		'https://*.*.app.example',
		'https://desk.*.example',
		'http://*.app.example',
	])('rejects %j', (text) => {
		expect(tryParseOriginEntry(text)).toBeUndefined();
	});
});
