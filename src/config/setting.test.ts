import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describeSetting, type Setting } from './setting.ts';
import { SETTINGS } from './settings-schema.ts';

const takes = ({ schema }: Setting, value: unknown): boolean => schema.safeParse(value).success;

describe('a setting', () => {
	it.each(SETTINGS.map((setting) => [setting.field, setting] as const))('such as %s tells what it takes', (_, it) => {
		expect([it.description, it.allowed]).not.toContain('');
		expect(takes(it, it.fallback)).toBe(true);
		expect([undefined, null, {}].filter((value) => takes(it, value))).toEqual([]);
		if (it.kind === 'number') {
			const around = [it.min - 1, it.min, it.min + 0.5, it.max, it.max + 1, String(it.min)];
			expect(around.filter((value) => takes(it, value))).toEqual([it.min, it.max]);
			expect(it.allowed).toContain(`a whole number from ${it.min} to ${it.max}`);
		}
		if (it.kind === 'choice')
			expect([...it.choices, 'other', ''].filter((value) => takes(it, value))).toEqual(it.choices);
		if (it.kind === 'flag') expect([true, false, 'true', 1].filter((value) => takes(it, value))).toEqual([true, false]);
		if (it.kind === 'list') expect([[], 'a', [7]].filter((value) => takes(it, value))).toEqual([[]]);
		if (it.kind === 'text') expect([1, true, ['a']].filter((value) => takes(it, value))).toEqual([]);
	});

	it('is of each kind somewhere', () => {
		expect(new Set(SETTINGS.map(({ kind }) => kind))).toEqual(new Set(['number', 'text', 'flag', 'choice', 'list']));
	});

	it('knows its names', () => {
		const schema = z.boolean({ error: 'true or false' }).default(true).describe('Touches by itself');
		expect(describeSetting('virtual', 'autoTouch', schema)).toMatchObject({
			section: 'virtual',
			name: 'autoTouch',
			field: 'virtual.autoTouch',
			variable: 'FINGERPRINT_VIRTUAL_AUTO_TOUCH',
			description: 'Touches by itself',
			allowed: 'true or false',
			kind: 'flag',
			fallback: true,
		});
	});
});
