import { describe, expect, it } from 'vitest';
import { ridgeDirectionAt } from './orientation-field.ts';
import { Random } from './random.ts';
import { chooseRidgeClass, type Point, type RidgeClass } from './ridge-class.ts';

const CLASSES = Array.from({ length: 40 }, (_, person) => chooseRidgeClass(new Random(person), 2));

/** Returns the rotation of the ridge direction along a counter-clockwise circle, radians (2 pi times the Poincaré index). */
function turnAround(ridgeClass: RidgeClass, { x, y }: Point): number {
	const steps = 72;
	const directions = Array.from({ length: steps + 1 }, (_, step) => {
		const angle = (2 * Math.PI * step) / steps;
		return ridgeDirectionAt(ridgeClass, x + 4 * Math.cos(angle), y - 4 * Math.sin(angle));
	});
	return directions.slice(1).reduce((sum, direction, step) => {
		const change = direction - directions[step]!;
		return sum + change - Math.PI * Math.round(change / Math.PI);
	}, 0);
}

describe('ridgeDirectionAt', () => {
	it.each(CLASSES)('rotates by pi around each core and by -pi around each delta of a $name', (ridgeClass) => {
		for (const core of ridgeClass.cores) expect(turnAround(ridgeClass, core)).toBeCloseTo(Math.PI);
		for (const delta of ridgeClass.deltas) expect(turnAround(ridgeClass, delta)).toBeCloseTo(-Math.PI);
	});

	it.each(CLASSES)('does not rotate around another point of a $name', (ridgeClass) => {
		const farAway = { x: 150, y: -180 };
		expect(turnAround(ridgeClass, farAway)).toBeCloseTo(0);
	});

	it('rises from both sides of an arch to its centre', () => {
		const arch: RidgeClass = { name: 'arch', cores: [], deltas: [], archHeight: 50 };
		expect(ridgeDirectionAt(arch, -60, 0)).toBeGreaterThan(0.3);
		expect(ridgeDirectionAt(arch, 0, 0)).toBeCloseTo(0);
		expect(ridgeDirectionAt(arch, 60, 0)).toBeLessThan(-0.3);
	});
});
