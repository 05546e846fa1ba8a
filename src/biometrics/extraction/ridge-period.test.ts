import { describe, expect, it } from 'vitest';
import { createFloatImage, type FloatImage, toFloatImage } from '../images/float-image.ts';
import { createRidgeImage } from '../testing/synthetic-ridges.ts';
import { cellsFor } from './cell-grid.ts';
import { normalise } from './normalise.ts';
import { estimateOrientation } from './orientation.ts';
import { estimatePeriod } from './ridge-period.ts';

function everyCell(image: FloatImage) {
	const cells = cellsFor(image);
	return { ...cells, data: cells.data.map(() => 1) };
}

describe('estimatePeriod', () => {
	it.each([
		[5, 0],
		[7, 0.5],
		[9, 1.2],
		[9.6, 2.5],
		[12, 1.57],
		[15, 3],
	])('measures a period of %f pixels for ridges at %f radians', (period, angle) => {
		const { ridges } = normalise(toFloatImage(createRidgeImage({ width: 160, height: 160, angle, period })));
		const { periods } = estimatePeriod(ridges, estimateOrientation(ridges), everyCell(ridges));
		expect(Math.abs(periods.data[10 * 20 + 10]! - period)).toBeLessThan(0.3);
	});

	it('returns the usual period of a finger where nothing can be measured', () => {
		const blank = createFloatImage(64, 64);
		const { periods } = estimatePeriod(blank, estimateOrientation(blank), everyCell(blank));
		expect(new Set(periods.data)).toEqual(new Set([9]));
	});
});
