import { describe, expect, it } from 'vitest';
import { createRidgeImage, degreesApart } from '../../testing/synthetic-ridges.ts';
import { extractTemplate } from '../extract-template.ts';

const SIDE = 200;
const CENTRE = 100;

describe('findMinutiae', () => {
	const cases = (['ridge-ending', 'bifurcation'] as const).flatMap((kind) =>
		[0, 40, 90, 135, 180, 215, 270, 330].map((degrees) => ({ kind, degrees })),
	);

	it.each(cases)('finds a $kind at $degrees degrees and nothing else', ({ kind, degrees }) => {
		const angle = (degrees * Math.PI) / 180;
		const expected = { kind, x: CENTRE, y: CENTRE, angle };
		const image = createRidgeImage({
			width: SIDE,
			height: SIDE,
			angle: angle % Math.PI,
			period: 9,
			minutiae: [expected],
		});
		const { minutiae } = extractTemplate(image);
		expect(minutiae.map((minutia) => minutia.kind)).toEqual([kind]);
		const [found] = minutiae;
		expect(Math.hypot(found!.x - CENTRE, found!.y - CENTRE)).toBeLessThan(4);
		expect(degreesApart(found!.angle, angle)).toBeLessThan(4);
	});

	it('does not find ridge endings where ridges leave the image', () => {
		expect(extractTemplate(createRidgeImage({ width: SIDE, height: SIDE, angle: 0.7, period: 9 })).minutiae).toEqual(
			[],
		);
	});
});
