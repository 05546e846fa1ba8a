import { describe, expect, it } from 'vitest';
import { decodeIsoRecord, loadInThreadEngine } from '../../../../biometrics/worker-engine.ts';
import { FALSE_MATCH_RATE } from '../../../../protocol/false-match-rate.ts';
import type { QualityHint } from '../../../../protocol/quality-hints.ts';
import { TOUCH_CONDITIONS, type TouchCondition } from '../../../../protocol/touch-conditions.ts';
import { synthesiseImpression } from './impression.ts';

const { extractTemplate, matchRecords, SAME_FINGER_SCORE, thresholdFor } = await loadInThreadEngine();
/** The lowest score at which a touch matches one template by default. */
const VERIFY_SCORE = thresholdFor(FALSE_MATCH_RATE.default);

/** Each of the six persons uses a different finger. */
const PEOPLE = [1, 2, 3, 4, 5, 6];

function touchAll(condition: TouchCondition, seed: number) {
	return PEOPLE.map((person) => extractTemplate(synthesiseImpression({ person, finger: person, condition, seed })));
}

function score(a: Uint8Array | undefined, b: Uint8Array | undefined): number {
	return a && b ? matchRecords(decodeIsoRecord(a), decodeIsoRecord(b)) : 0;
}

function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

describe('templates of virtual fingers', () => {
	const first = touchAll('good', 1);
	const second = touchAll('good', 2);

	it('have as many minutiae as real ones', () => {
		for (const { minutiae } of first) {
			expect(minutiae.length).toBeGreaterThanOrEqual(20);
			expect(minutiae.length).toBeLessThanOrEqual(70);
		}
	});

	it('match other touches of the same finger and no other finger', () => {
		const scores = first.map(({ template }) => second.map((other) => score(template, other.template)));
		const own = scores.map((row, person) => row[person]!);
		const foreign = scores.flatMap((row, person) => row.filter((_, other) => other !== person));
		expect(Math.min(...own)).toBeGreaterThan(SAME_FINGER_SCORE);
		expect(Math.min(...own)).toBeGreaterThan(Math.max(...foreign) + 10);
	});

	it.each(TOUCH_CONDITIONS.filter((condition) => condition !== 'good'))('have a lower quality when %s', (condition) => {
		const quality = median(touchAll(condition, 1).map((extraction) => extraction.quality));
		expect(quality).toBeLessThan(median(first.map((extraction) => extraction.quality)));
	});
});

/** One touch of each of 40 fingers of different persons, each with another seed. */
const MANY = Array.from({ length: 40 }, (_, i) => ({ person: 11 + i, finger: 1 + (i % 10), seed: 100 + i }));

describe('touches of many virtual fingers', () => {
	const good = MANY.map((touch) => extractTemplate(synthesiseImpression({ ...touch, condition: 'good' })));

	it('have a high quality and no hints when good', () => {
		expect(good.flatMap(({ hints }) => hints)).toEqual([]);
		expect(Math.min(...good.map(({ quality }) => quality))).toBeGreaterThanOrEqual(90);
	});

	it('have a low quality and the hint smudged when smudged, and usually still match a good touch', () => {
		const smudged = MANY.map(({ seed, ...finger }) =>
			extractTemplate(synthesiseImpression({ ...finger, condition: 'smudged', seed: seed + 100 })),
		);
		expect(Math.max(...smudged.map(({ quality }) => quality))).toBeLessThan(70);
		for (const { hints } of smudged) expect(hints).not.toEqual([]);
		expect(smudged.filter(({ hints }) => hints.includes('smudged')).length).toBeGreaterThanOrEqual(36);
		const scores = smudged.map(({ template }, i) => score(template, good[i]?.template));
		expect(median(scores)).toBeGreaterThan(VERIFY_SCORE);
		expect(Math.min(...scores)).toBeGreaterThan(SAME_FINGER_SCORE);
	});

	it.each<[TouchCondition, QualityHint[]]>([
		['dry', ['too-dry']],
		['wet', ['too-wet']],
		['partial', ['too-small-area', 'off-centre']],
	])('have a lower quality and a hint when %s', (condition, expected) => {
		for (const touch of MANY.slice(0, 12)) {
			const { quality, hints } = extractTemplate(synthesiseImpression({ ...touch, condition }));
			expect(quality).toBeLessThan(80);
			expect(hints.filter((hint) => expected.includes(hint))).not.toEqual([]);
		}
	});
});
