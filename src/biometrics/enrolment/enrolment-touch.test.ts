import { describe, expect, it } from 'vitest';
import { alignPair } from '../matching/alignment.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { alignTouch, prepareTouch } from './enrolment-touch.ts';

const FINGER = new SyntheticFinger(1);
const ROTATION = Math.PI / 3;

describe('scanOf', () => {
	it('gives minutiae and template the same indices, at 500 dpi', () => {
		const { minutiae, template } = prepareTouch(FINGER.touch({ dpi: 700 }));
		expect(template.count).toBe(minutiae.length);
		for (const [i, { x, y, angle }] of minutiae.entries()) {
			expect([template.x[i], template.y[i], template.angle[i]]).toEqual([x, -y, angle]);
		}
		const there = FINGER.touch().minutiae.map(({ x }) => x);
		expect(Math.max(...minutiae.map(({ x }) => x))).toBeCloseTo(Math.max(...there));
	});
});

describe('layScan', () => {
	it('lays one touch over another of the same finger', () => {
		const [scan, onto] = [
			prepareTouch(FINGER.touch()),
			prepareTouch(FINGER.touch({ rotation: ROTATION, shiftX: 40, shiftY: -60 })),
		];
		const partner = onto.minutiae.findIndex(({ quality }) => quality === scan.minutiae[0]!.quality);
		const laid = alignTouch(scan, alignPair(scan.template, 0, onto.template, partner));
		for (const { x, y, angle } of laid) {
			const nearest = onto.minutiae.find((other) => Math.hypot(other.x - x, other.y - y) < 1e-6);
			expect(nearest?.angle).toBeCloseTo(angle);
		}
	});
});
