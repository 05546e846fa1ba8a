import { describe, expect, it } from 'vitest';
import { SyntheticFinger, type TouchVariation } from '../testing/synthetic-finger.ts';
import { findBestMatch } from './best-match.ts';
import { matchTemplates, VERIFY_SCORE } from './match.ts';
import { prepareTemplate } from './prepared-template.ts';

const FINGERS = Array.from({ length: 12 }, (_, seed) => new SyntheticFinger(seed));
const TEMPLATES = FINGERS.map((finger) => prepareTemplate(finger.touch()));

describe('findBestMatch', () => {
	it.each<[string, TouchVariation]>([
		['a plain touch', {}],
		['a turned and shifted touch', { rotation: 2, shiftX: 30, jitter: 3 }],
		['a poor touch', { missing: 0.3, spurious: 10, jitter: 4 }],
	])('finds the finger of %s and gives its similarity', (_, changes) => {
		for (const [index, finger] of FINGERS.entries()) {
			const probe = prepareTemplate(finger.touch(changes));
			const score = matchTemplates(probe, TEMPLATES[index]!);
			expect(score).toBeGreaterThan(VERIFY_SCORE);
			expect(findBestMatch(probe, TEMPLATES)).toEqual({ index, score });
		}
	});

	it('gives the first of several that are equally similar', () => {
		const [first, second] = TEMPLATES;
		expect(findBestMatch(second!, [first!, second!, second!]).index).toBe(1);
	});

	it('rejects hopeless candidates without a closer look', () => {
		const strangers = TEMPLATES.slice(1).filter((candidate) => findBestMatch(TEMPLATES[0]!, [candidate]).score === 0);
		expect(strangers.length).toBeGreaterThan(TEMPLATES.length / 3);
		for (const stranger of strangers) {
			expect(matchTemplates(TEMPLATES[0]!, stranger)).toBeGreaterThan(0);
			expect(matchTemplates(TEMPLATES[0]!, stranger)).toBeLessThan(VERIFY_SCORE);
		}
	});

	it('matches nobody where the finger is not among the candidates', () => {
		const stranger = prepareTemplate(new SyntheticFinger(500).touch());
		expect(findBestMatch(stranger, TEMPLATES).score).toBeLessThan(VERIFY_SCORE);
	});

	it('gives the only candidate even where nothing is alike', () => {
		const empty = prepareTemplate({ dpi: 500, minutiae: [] });
		expect(findBestMatch(empty, [empty])).toEqual({ index: 0, score: 0 });
	});
});
