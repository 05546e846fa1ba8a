import { describe, expect, it } from 'vitest';
import { encodeIsoRecord } from '../records/iso-record.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { VERIFY_SCORE } from './match.ts';
import { verifyTemplate } from './verify.ts';

const [ANNA, BORIS, CARLA] = [1, 2, 3].map((seed) => new SyntheticFinger(seed)) as [
	SyntheticFinger,
	SyntheticFinger,
	SyntheticFinger,
];

function template(finger: SyntheticFinger, changes = {}): Uint8Array {
	return encodeIsoRecord(finger.touch(changes));
}

describe('verify', () => {
	it('returns the index of the candidate of the same finger', () => {
		const candidates = [template(ANNA), template(BORIS), template(CARLA)];
		const comparison = verifyTemplate(template(BORIS, { rotation: 1, jitter: 2 }), candidates);
		expect(comparison).toMatchObject({ isMatch: true, index: 1 });
		expect(comparison.score).toBeGreaterThan(VERIFY_SCORE);
	});

	it('does not match other fingers', () => {
		expect(verifyTemplate(template(ANNA), [template(BORIS), template(CARLA)])).toMatchObject({ isMatch: false });
	});

	it('rounds the score to tenths', () => {
		const { score } = verifyTemplate(template(ANNA, { jitter: 3 }), [template(ANNA)]);
		expect(Math.round(10 * score) / 10).toBe(score);
	});

	it('refuses a damaged record', () => {
		expect(() => verifyTemplate(template(ANNA), [Uint8Array.of(1, 2, 3)])).toThrow(
			expect.objectContaining({ code: 6002 }),
		);
	});
});
