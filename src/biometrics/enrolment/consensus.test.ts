import { describe, expect, it } from 'vitest';
import type { Minutia } from '../records/minutia.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { Consensus } from './consensus.ts';
import { prepareTouch } from './enrolment-touch.ts';

const TOUCH = new SyntheticFinger(2).touch();
const SCAN = prepareTouch(TOUCH);
/** In the middle of the finger, between its minutiae. */
const LONE: Minutia = { kind: 'ridge-ending', x: 207, y: 195, angle: 1, quality: 100 };
/** Well away from all others. */
const OUTSIDE: Minutia = { ...LONE, x: 390, y: 390 };

describe('Consensus', () => {
	it('keeps what two scans show, however weak, and raises its quality', () => {
		const agreed = agree([TOUCH.minutiae, TOUCH.minutiae]);
		expect(agreed.map(place)).toEqual(expect.arrayContaining(SCAN.minutiae.map(place)));
		for (const { x, quality } of agreed) {
			expect(quality).toBeGreaterThanOrEqual(SCAN.minutiae.find((minutia) => Math.abs(minutia.x - x) < 1e-6)!.quality);
		}
	});

	it.each([
		['drops', 'weak', 'one of two scans', false, { ...LONE, quality: 10 }, 1],
		['keeps', 'strong', 'one of two scans', true, LONE, 1],
		['drops', 'strong', 'one of three scans', false, LONE, 2],
		['keeps', 'strong', 'one of three scans, outside the others', true, OUTSIDE, 2],
		['drops', 'weak', 'one of three scans, outside the others', false, { ...OUTSIDE, quality: 10 }, 2],
	] as const)('%s a %s minutia that shows in %s', (_, __, ___, isKept, minutia, others) => {
		const agreed = agree([[...TOUCH.minutiae, minutia], ...Array<readonly Minutia[]>(others).fill(TOUCH.minutiae)]);
		expect(agreed.some(({ x, y }) => x === minutia.x && y === minutia.y)).toBe(isKept);
		expect(agreed).toHaveLength(TOUCH.minutiae.length + (isKept ? 1 : 0));
	});

	it('takes up what a later scan shows beyond the first', () => {
		const agreed = agree([TOUCH.minutiae, [...TOUCH.minutiae, OUTSIDE]]);
		expect(agreed.map(place)).toContainEqual([390, 390]);
	});

	it('takes nothing from a scan that has nothing in common', () => {
		const consensus = new Consensus(SCAN);
		consensus.add(prepareTouch({ minutiae: [LONE], dpi: 500 }));
		expect(consensus.minutiae()).toEqual(new Consensus(SCAN).minutiae());
	});
});

function agree([first, ...others]: readonly (readonly Minutia[])[]): Minutia[] {
	const consensus = new Consensus(prepareTouch({ minutiae: first!, dpi: 500 }));
	for (const minutiae of others) consensus.add(prepareTouch({ minutiae, dpi: 500 }));
	return consensus.minutiae();
}

function place({ x, y }: Minutia): readonly unknown[] {
	return [expect.closeTo(x, 6), expect.closeTo(y, 6)];
}
