import { describe, expect, it } from 'vitest';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { alignPair } from './alignment.ts';
import { Pairer } from './pairing.ts';
import { type PreparedTemplate, prepareTemplate } from './prepared-template.ts';

const FINGER = prepareTemplate(new SyntheticFinger(4).touch());
const UNMOVED = alignPair(FINGER, 0, FINGER, 0);

describe('Pairer', () => {
	it('pairs every minutia of a template with itself', () => {
		const pairer = new Pairer(FINGER, FINGER);
		pairer.pair(UNMOVED);
		expect([...pairer.partner]).toEqual(Array.from({ length: FINGER.count }, (_, i) => i));
		expect(pairer.total).toBeCloseTo(FINGER.count);
	});

	it('discards the pairs of the previous alignment', () => {
		const pairer = new Pairer(FINGER, FINGER);
		pairer.pair(UNMOVED);
		pairer.pair({ ...UNMOVED, shiftX: 5000 });
		expect(pairer.total).toBe(0);
		expect(pairer.hasPaired(0, 0)).toBe(false);
	});

	it.each([
		['their directions differ', { angle: 0.7, x: 0, y: 0 }],
		['their x coordinates differ', { angle: 0, x: 9, y: 0 }],
		['their y coordinates differ', { angle: 0, x: 0, y: -9 }],
	])('does not pair minutiae when %s too much', (_, { angle, x, y }) => {
		const single = template([0, 0, 1]);
		const other = template([x, y, 1 + angle]);
		const pairer = new Pairer(single, other);
		pairer.pair(alignPair(single, 0, single, 0));
		expect(pairer.total).toBe(0);
	});

	it('pairs a minutia with the nearer of two candidates', () => {
		const two = template([0, 0, 1], [0, 4, 1]);
		const one = template([0, 3, 1]);
		const pairer = new Pairer(two, one);
		pairer.pair(alignPair(two, 0, two, 0));
		expect([pairer.hasPaired(0, 0), pairer.hasPaired(1, 0)]).toEqual([false, true]);
		expect(pairer.total).toBe(pairer.weight[1]);
	});
});

/** Creates a template; y points up, as in a prepared template. */
function template(...minutiae: readonly (readonly [x: number, y: number, angle: number])[]): PreparedTemplate {
	return prepareTemplate({
		dpi: 500,
		minutiae: minutiae.map(([x, y, angle]) => ({ kind: 'ridge-ending', x: x + 100, y: 100 - y, angle, quality: 80 })),
	});
}
