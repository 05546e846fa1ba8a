import { describe, expect, it } from 'vitest';
import type { Minutia } from '../records/minutia.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { Consensus } from './consensus.ts';
import { prepareTouch } from './enrolment-touch.ts';

const TOUCH = new SyntheticFinger(2).touch();
const PREPARED = prepareTouch(TOUCH);
/** In the middle of the finger, between the other minutiae. */
const LONE: Minutia = { kind: 'ridge-ending', x: 207, y: 195, angle: 1, quality: 100 };
/** Far from all other minutiae. */
const OUTSIDE: Minutia = { ...LONE, x: 390, y: 390 };

describe('Consensus', () => {
	it('keeps minutiae of any quality that two touches show, and raises their quality', () => {
		const agreed = agree([TOUCH.minutiae, TOUCH.minutiae]);
		expect(agreed.map(place)).toEqual(expect.arrayContaining(PREPARED.minutiae.map(place)));
		for (const { x, quality } of agreed) {
			expect(quality).toBeGreaterThanOrEqual(
				PREPARED.minutiae.find((minutia) => Math.abs(minutia.x - x) < 1e-6)!.quality,
			);
		}
	});

	it.each([
		['drops', 'low-quality', 'one of two touches', false, { ...LONE, quality: 10 }, 1],
		['keeps', 'high-quality', 'one of two touches', true, LONE, 1],
		['drops', 'high-quality', 'one of three touches', false, LONE, 2],
		['keeps', 'high-quality', 'one of three touches, outside the others', true, OUTSIDE, 2],
		['drops', 'low-quality', 'one of three touches, outside the others', false, { ...OUTSIDE, quality: 10 }, 2],
	] as const)('%s a %s minutia found in %s', (_, __, ___, isKept, minutia, others) => {
		const agreed = agree([[...TOUCH.minutiae, minutia], ...Array<readonly Minutia[]>(others).fill(TOUCH.minutiae)]);
		expect(agreed.some(({ x, y }) => x === minutia.x && y === minutia.y)).toBe(isKept);
		expect(agreed).toHaveLength(TOUCH.minutiae.length + (isKept ? 1 : 0));
	});

	it('adds minutiae that only a later touch shows', () => {
		const agreed = agree([TOUCH.minutiae, [...TOUCH.minutiae, OUTSIDE]]);
		expect(agreed.map(place)).toContainEqual([390, 390]);
	});

	it('adds nothing from a touch that cannot be aligned', () => {
		const consensus = new Consensus(PREPARED);
		consensus.add(prepareTouch({ minutiae: [LONE], dpi: 500 }));
		expect(consensus.minutiae()).toEqual(new Consensus(PREPARED).minutiae());
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
