import { describe, expect, it } from 'vitest';
import { tryParseDuration } from './durations.ts';

describe('tryParseDuration', () => {
	it.each([
		['45s', 45_000],
		['30m', 1_800_000],
		['12h', 43_200_000],
		['90d', 7_776_000_000],
	])('converts %s to milliseconds', (text, expected) => {
		expect(tryParseDuration(text)).toBe(expected);
	});

	it.each(['', '30', 'm', '0m', '-5m', '1.5h', '30 m', '5y', '9999999d'])('refuses "%s"', (text) => {
		expect(tryParseDuration(text)).toBeUndefined();
	});
});
