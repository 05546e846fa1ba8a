import { describe, expect, it } from 'vitest';
import { shownValue } from './shown-value.ts';

describe('shownValue', () => {
	it('shows a value as JSON', () => {
		expect(shownValue({ port: [1, 'two', null] })).toBe('{"port":[1,"two",null]}');
	});

	it('shows the beginning of a long value', () => {
		expect(shownValue('x'.repeat(1_000))).toMatch(/^"x{199}\.\.\. \(1002 characters\)$/);
	});

	it('does not fail on a value that is nested too deeply for JSON', () => {
		expect(shownValue(JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)))).toBe('a value that is nested too deeply');
	});
});
