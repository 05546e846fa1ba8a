import { describe, expect, it } from 'vitest';
import { tryParsePort } from './port.ts';

describe('tryParsePort', () => {
	it.each([
		['1024', 1_024],
		[' 8081 ', 8_081],
		['65535', 65_535],
	])('accepts %j', (text, port) => {
		expect(tryParsePort(text)).toBe(port);
	});

	it.each(['', '80', '1023', '65536', '8081.5', '-8081', '0x2000', '8 081', 'eight'])('rejects %j', (text) => {
		expect(tryParsePort(text)).toBeUndefined();
	});
});
