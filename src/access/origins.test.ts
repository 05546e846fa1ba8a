import { describe, expect, it } from 'vitest';
import { isHostAllowed, isLoopbackOrigin, isOriginAllowed } from './origins.ts';

describe('an origin', () => {
	it.each([
		'http://localhost',
		'https://localhost:3000',
		'HTTP://LOCALHOST:5173',
		'http://app.localhost:8080',
		'http://a.b.localhost',
		'http://127.0.0.1',
		'http://127.255.0.9:9000',
		'https://[::1]:8443',
	])('%s is this computer', (origin) => {
		expect(isLoopbackOrigin(origin)).toBe(true);
		expect(isOriginAllowed(origin, [])).toBe(true);
	});

	it.each([
		'',
		'null',
		'localhost',
		'ws://localhost',
		'file://',
		'http://localhost.',
		'http://localhost.evil.example',
		'http://evil-localhost',
		'http://127.0.0.1.evil.example',
		'http://127.0.0.1.5',
		'http://128.0.0.1',
		'http://1.127.0.0',
		'http://0.0.0.0',
		'http://[::2]',
		'http://localhost@evil.example',
		'http://evil.example#localhost',
		'http://localhost/path',
		'http://localhost:99999',
		'http://localhost http://evil.example',
		'chrome-extension://localhost',
	])('%j is refused', (origin) => {
		expect(isLoopbackOrigin(origin)).toBe(false);
		expect(isOriginAllowed(origin, ['https://app.example', 'null', '*'])).toBe(false);
	});

	it.each([
		['https://app.example', true],
		['HTTPS://APP.EXAMPLE:443', true],
		['http://app.example', false],
		['https://app.example:8443', false],
		['https://app.example.', false],
		['https://sub.app.example', false],
		['https://app.example.evil.example', false],
	])('%s is allowed by the list entry https://app.example: %s', (origin, isAllowed) => {
		expect(isOriginAllowed(origin, ['https://App.example'])).toBe(isAllowed);
	});

	it('may be absent, because a native program needs only a key', () => {
		expect(isOriginAllowed(undefined, [])).toBe(true);
	});
});

describe('a Host header', () => {
	it.each([
		'localhost',
		'localhost:8080',
		'LocalHost:1',
		'127.0.0.1:8080',
		'[::1]',
		'[::1]:8080',
		'Kiosk.example:65535',
		'[FE80::1]:8080',
	])('%s names this computer', (host) => {
		expect(isHostAllowed(host, ['kiosk.EXAMPLE', 'fe80::1'])).toBe(true);
	});

	it.each([
		undefined,
		'',
		':8080',
		'localhost:',
		'localhost:65536',
		'localhost:80:80',
		'localhost:-1',
		'localhost.',
		'localhost.evil.example',
		'app.localhost',
		'localhost@evil.example',
		'evil.example@localhost',
		'localhost/',
		'localhost, evil.example',
		' localhost',
		'127.0.0.2',
		'127.1',
		'2130706433',
		'::1',
		'[::1',
		'[::1]evil.example',
		'evil.example',
	])('%j is refused', (host) => {
		expect(isHostAllowed(host, [])).toBe(false);
	});
});
