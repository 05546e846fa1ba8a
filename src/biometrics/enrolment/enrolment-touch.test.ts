import { describe, expect, it } from 'vitest';
import { alignPair } from '../matching/alignment.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { alignTouch, prepareTouch } from './enrolment-touch.ts';

const FINGER = new SyntheticFinger(1);
const ROTATION = Math.PI / 3;

describe('prepareTouch', () => {
	it('uses the same indices in minutiae and template, at 500 dpi', () => {
		const { minutiae, template } = prepareTouch(FINGER.touch({ dpi: 700 }));
		expect(template.count).toBe(minutiae.length);
		for (const [i, { x, y, angle }] of minutiae.entries()) {
			expect([template.x[i], template.y[i], template.angle[i]]).toEqual([x, -y, angle]);
		}
		const expected = FINGER.touch().minutiae.map(({ x }) => x);
		expect(Math.max(...minutiae.map(({ x }) => x))).toBeCloseTo(Math.max(...expected));
	});
});

describe('alignTouch', () => {
	it('maps one touch onto another of the same finger', () => {
		const [touch, target] = [
			prepareTouch(FINGER.touch()),
			prepareTouch(FINGER.touch({ rotation: ROTATION, shiftX: 40, shiftY: -60 })),
		];
		const partner = target.minutiae.findIndex(({ quality }) => quality === touch.minutiae[0]!.quality);
		const aligned = alignTouch(touch, alignPair(touch.template, 0, target.template, partner));
		for (const { x, y, angle } of aligned) {
			const nearest = target.minutiae.find((other) => Math.hypot(other.x - x, other.y - y) < 1e-6);
			expect(nearest?.angle).toBeCloseTo(angle);
		}
	});
});
