import { describe, expect, it } from 'vitest';
import type { Minutia } from '../records/minutia.ts';
import { mergeObservations } from './merge-observations.ts';

const SIGHTING: Minutia = { kind: 'ridge-ending', x: 10, y: 20, angle: 0.1, quality: 50 };

describe('mergeSightings', () => {
	it('leaves a lone sighting as it is', () => {
		const { angle, ...others } = mergeObservations([SIGHTING]);
		expect(others).toEqual({ kind: 'ridge-ending', x: 10, y: 20, quality: 50 });
		expect(angle).toBeCloseTo(0.1);
	});

	it('takes the mean place and direction, also across the full turn', () => {
		const merged = mergeObservations([SIGHTING, { ...SIGHTING, x: 14, y: 17, angle: 2 * Math.PI - 0.3 }]);
		expect(merged).toMatchObject({ x: 12, y: 18.5, angle: expect.closeTo(2 * Math.PI - 0.1) });
	});

	it('trusts a minutia the more the more often it is seen, up to 100', () => {
		const qualities = [1, 2, 3].map((times) => mergeObservations(Array<Minutia>(times).fill(SIGHTING)).quality);
		expect(qualities).toEqual([50, 75, 87.5]);
		expect(mergeObservations([SIGHTING, { ...SIGHTING, quality: 100 }]).quality).toBe(100);
	});

	it('leaves a quality that nobody reported unreported', () => {
		const unrated = { ...SIGHTING, quality: 0 };
		expect(mergeObservations([unrated, unrated]).quality).toBe(0);
	});

	it('believes the clearest sighting about the kind', () => {
		const clear: Minutia = { ...SIGHTING, kind: 'bifurcation', quality: 51 };
		expect(mergeObservations([SIGHTING, clear, SIGHTING]).kind).toBe('bifurcation');
	});
});
