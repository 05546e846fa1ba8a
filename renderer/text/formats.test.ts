import { describe, expect, it } from 'vitest';
import { createFormats } from './formats.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('a relative time', () => {
	it.each([
		[NOW, 'now', 'sekarang'],
		[NOW - 4_999, 'now', 'sekarang'],
		[NOW - 5_000, '5 seconds ago', '5 detik yang lalu'],
		[NOW - MINUTE, '1 minute ago', '1 menit yang lalu'],
		[NOW - 59 * MINUTE, '59 minutes ago', '59 menit yang lalu'],
		[NOW - 60 * MINUTE, '1 hour ago', '1 jam yang lalu'],
		[NOW - DAY, 'yesterday', 'kemarin'],
		[NOW + 3 * DAY, 'in 3 days', 'dalam 3 hari'],
	])('is formatted in both languages', (moment, english, indonesian) => {
		expect(createFormats('en').relative(moment, NOW)).toBe(english);
		expect(createFormats('id').relative(moment, NOW)).toBe(indonesian);
	});
});

describe('formats', () => {
	const [en, id] = [createFormats('en'), createFormats('id')];

	it('write numbers in the style of the language', () => {
		expect([en.number(50_000), id.number(50_000)]).toEqual(['50,000', '50.000']);
	});

	it('write durations', () => {
		expect([en.duration(90_000), id.duration(90_000)]).toEqual(['1 minute', '1 menit']);
		expect(en.duration(10)).toBe('1 second');
	});

	it('choose the plural form for a count', () => {
		const forms = { one: '# page', other: '# pages' };
		expect([0, 1, 2, 1_200].map((count) => en.plural(count, forms))).toEqual([
			'0 pages',
			'1 page',
			'2 pages',
			'1,200 pages',
		]);
		expect(id.plural(1, { other: '# halaman' })).toBe('1 halaman');
	});

	it('join lists', () => {
		expect(en.list(['a', 'b', 'c'])).toBe('a, b and c');
		expect(id.list(['a', 'b', 'c'])).toBe('a, b, dan c');
	});
});
