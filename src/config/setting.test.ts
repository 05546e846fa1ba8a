import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describeSetting, type Setting, settingFacts } from './setting.ts';
import { SETTINGS } from './settings-schema.ts';

const accepts = ({ schema }: Setting, value: unknown): boolean => schema.safeParse(value).success;

describe('a setting', () => {
	it.each(SETTINGS.map((setting) => [setting.field, setting] as const))(
		'%s accepts exactly what its description allows',
		(_, it) => {
			expect([it.description, it.allowed]).not.toContain('');
			expect(accepts(it, it.fallback)).toBe(true);
			expect([undefined, null, {}].filter((value) => accepts(it, value))).toEqual([]);
			if (it.kind === 'number') {
				const around = [it.min - 1, it.min, it.min + 0.5, it.max, it.max + 1, String(it.min)];
				expect(around.filter((value) => accepts(it, value))).toEqual([it.min, it.max]);
				expect(it.allowed).toContain(`a whole number from ${it.min} to ${it.max}`);
			}
			if (it.kind === 'choice')
				expect([...it.choices, 'other', ''].filter((value) => accepts(it, value))).toEqual(it.choices);
			if (it.kind === 'flag')
				expect([true, false, 'true', 1].filter((value) => accepts(it, value))).toEqual([true, false]);
			if (it.kind === 'list') expect([[], 'a', [7]].filter((value) => accepts(it, value))).toEqual([[]]);
			if (it.kind === 'text') expect([1, true, ['a']].filter((value) => accepts(it, value))).toEqual([]);
		},
	);

	it('exists of each kind', () => {
		expect(new Set(SETTINGS.map(({ kind }) => kind))).toEqual(new Set(['number', 'text', 'flag', 'choice', 'list']));
	});

	it('is described by its schema and facts', () => {
		const schema = z.boolean({ error: 'true or false' }).default(true);
		settingFacts.add(schema, { effect: 'service-start', description: 'Touch automatically', isAdvanced: false });
		const place = { section: 'virtual', group: 'virtual-readers', name: 'autoTouch' } as const;
		expect(describeSetting(place, schema)).toMatchObject({
			...place,
			effect: 'service-start',
			field: 'virtual.autoTouch',
			variable: 'FINGERPRINT_VIRTUAL_AUTO_TOUCH',
			description: 'Touch automatically',
			allowed: 'true or false',
			kind: 'flag',
			fallback: true,
		});
	});
});
