import { describe, expect, it } from 'vitest';
import { encodeIsoRecord } from '../records/iso-record.ts';
import { RandomFinger } from '../testing/random-finger.ts';
import { VERIFY_SCORE } from './match.ts';
import { verify } from './verify.ts';

const [ANNA, BORIS, CARLA] = [1, 2, 3].map((seed) => new RandomFinger(seed)) as [
	RandomFinger,
	RandomFinger,
	RandomFinger,
];

function template(finger: RandomFinger, changes = {}): Uint8Array {
	return encodeIsoRecord(finger.touch(changes));
}

describe('verify', () => {
	it('says which of the candidates is of the same finger', () => {
		const candidates = [template(ANNA), template(BORIS), template(CARLA)];
		const comparison = verify(template(BORIS, { rotation: 1, jitter: 2 }), candidates);
		expect(comparison).toMatchObject({ isMatch: true, index: 1 });
		expect(comparison.score).toBeGreaterThan(VERIFY_SCORE);
	});

	it('matches none of other fingers', () => {
		expect(verify(template(ANNA), [template(BORIS), template(CARLA)])).toMatchObject({ isMatch: false });
	});

	it('gives the score in tenths', () => {
		const { score } = verify(template(ANNA, { jitter: 3 }), [template(ANNA)]);
		expect(Math.round(10 * score) / 10).toBe(score);
	});

	it('refuses a damaged record', () => {
		expect(() => verify(template(ANNA), [Uint8Array.of(1, 2, 3)])).toThrow(expect.objectContaining({ code: 6002 }));
	});
});
