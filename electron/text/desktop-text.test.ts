import { describe, expect, it } from 'vitest';
import { type DesktopText, getDesktopText } from './desktop-text.ts';

describe('getDesktopText', () => {
	it('has a different text in each language, except the product name', () => {
		const [english, indonesian] = [flatten(getDesktopText('en')), flatten(getDesktopText('id'))];
		expect([...indonesian.keys()]).toEqual([...english.keys()]);
		const same = [...english].filter(([name, text]) => indonesian.get(name) === text);
		expect(same).toEqual([['appName', 'Fingerprint Service']]);
	});

	it('uses the singular for one reader', () => {
		expect([0, 1, 2].map(getDesktopText('en').readerCount)).toEqual(['0 readers', '1 reader', '2 readers']);
	});
});

function flatten(text: DesktopText): Map<string, string> {
	return new Map(
		Object.entries(text).flatMap(([name, value]) => {
			if (typeof value === 'string') return [[name, value]];
			if (typeof value === 'function') return [[name, value('x')]];
			return Object.entries(value).map(([key, inner]): [string, string] => [`${name}.${key}`, String(inner)]);
		}),
	);
}
