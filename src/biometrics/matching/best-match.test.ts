import { describe, expect, it } from 'vitest';
import { SyntheticFinger, type TouchVariation } from '../testing/synthetic-finger.ts';
import { VERIFY_SCORE } from '../testing/verify-score.ts';
import { findBestMatch } from './best-match.ts';
import { matchTemplates } from './match.ts';
import { prepareTemplate } from './prepared-template.ts';

const FINGERS = Array.from({ length: 12 }, (_, seed) => new SyntheticFinger(seed));
const TEMPLATES = FINGERS.map((finger) => prepareTemplate(finger.touch()));

describe('findBestMatch', () => {
	it.each<[string, TouchVariation]>([
		['an identical touch', {}],
		['a rotated and shifted touch', { rotation: 2, shiftX: 30, jitter: 3 }],
		['a poor touch', { missing: 0.3, spurious: 10, jitter: 4 }],
	])('finds the finger of %s and returns its score', (_, changes) => {
		for (const [index, finger] of FINGERS.entries()) {
			const probe = prepareTemplate(finger.touch(changes));
			const score = matchTemplates(probe, TEMPLATES[index]!);
			expect(score).toBeGreaterThan(VERIFY_SCORE);
			expect(findBestMatch(probe, TEMPLATES)).toEqual({ index, score });
		}
	});

	it('returns the first of several candidates with the same score', () => {
		const [first, second] = TEMPLATES;
		expect(findBestMatch(second!, [first!, second!, second!]).index).toBe(1);
	});

	it('stays below the threshold when the finger is not among the candidates', () => {
		const impostor = prepareTemplate(new SyntheticFinger(500).touch());
		expect(findBestMatch(impostor, TEMPLATES).score).toBeLessThan(VERIFY_SCORE);
	});

	it('returns the only candidate even if it has nothing in common with the probe', () => {
		const empty = prepareTemplate({ dpi: 500, minutiae: [] });
		expect(findBestMatch(empty, [empty])).toEqual({ index: 0, score: 0 });
	});
});
