import { describe, expect, it } from 'vitest';
import type { Minutia } from '../records/minutia.ts';
import { mergeObservations } from './merge-observations.ts';

const OBSERVATION: Minutia = { kind: 'ridge-ending', x: 10, y: 20, angle: 0.1, quality: 50 };

describe('mergeObservations', () => {
	it('returns a single observation unchanged', () => {
		const { angle, ...others } = mergeObservations([OBSERVATION]);
		expect(others).toEqual({ kind: 'ridge-ending', x: 10, y: 20, quality: 50 });
		expect(angle).toBeCloseTo(0.1);
	});

	it('takes the mean position and direction, also around angle 0', () => {
		const merged = mergeObservations([OBSERVATION, { ...OBSERVATION, x: 14, y: 17, angle: 2 * Math.PI - 0.3 }]);
		expect(merged).toMatchObject({ x: 12, y: 18.5, angle: expect.closeTo(2 * Math.PI - 0.1) });
	});

	it('raises the quality with each observation, up to 100', () => {
		const qualities = [1, 2, 3].map((times) => mergeObservations(Array<Minutia>(times).fill(OBSERVATION)).quality);
		expect(qualities).toEqual([50, 75, 87.5]);
		expect(mergeObservations([OBSERVATION, { ...OBSERVATION, quality: 100 }]).quality).toBe(100);
	});

	it('keeps an unreported quality (0) unreported', () => {
		const unreported = { ...OBSERVATION, quality: 0 };
		expect(mergeObservations([unreported, unreported]).quality).toBe(0);
	});

	it('takes the kind of the observation with the best quality', () => {
		const clear: Minutia = { ...OBSERVATION, kind: 'bifurcation', quality: 51 };
		expect(mergeObservations([OBSERVATION, clear, OBSERVATION]).kind).toBe('bifurcation');
	});
});
