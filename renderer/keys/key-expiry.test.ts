import { describe, expect, it } from 'vitest';
import { type ExpiryChoice, expiryMoment } from './key-expiry.ts';

const NOW = new Date(2026, 0, 15, 12).getTime();
const DAY_MS = 86_400_000;

describe('expiryMoment', () => {
	it.each<[ExpiryChoice, number | undefined]>([
		['never', undefined],
		['day', NOW + DAY_MS],
		['month', NOW + 30 * DAY_MS],
		['quarter', NOW + 90 * DAY_MS],
		['year', NOW + 365 * DAY_MS],
	])('for %s is %s', (choice, moment) => {
		expect(expiryMoment(choice, '', NOW)).toBe(moment);
	});

	it.each([
		['today', '2026-01-15', new Date(2026, 0, 15, 23, 59, 59, 999)],
		['the last day of a year', '2026-12-31', new Date(2026, 11, 31, 23, 59, 59, 999)],
	])('on %s is the end of that day in local time', (_, day, end) => {
		expect(expiryMoment('date', day, NOW)).toBe(end.getTime());
	});

	it.each(['', '2026-01-14', 'tomorrow', '2026-1-20'])('rejects the day %j', (day) => {
		expect(() => expiryMoment('date', day, NOW)).toThrow(RangeError);
	});
});
