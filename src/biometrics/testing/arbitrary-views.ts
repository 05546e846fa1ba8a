import fc from 'fast-check';
import type { FingerView } from '../records/finger-view.ts';
import type { Minutia, MinutiaKind } from '../records/minutia.ts';

/**
 * Generates views with values that a record stores exactly: whole pixels, whole pixels per cm, and angles in units of the format.
 *
 * @param angleUnits units per turn
 */
export function arbitraryViews(angleUnits: number): fc.Arbitrary<FingerView> {
	const frame = fc.record({
		width: fc.integer({ min: 1, max: 16384 }),
		height: fc.integer({ min: 1, max: 16384 }),
		dpi: fc.integer({ min: 99, max: 800 }).map((pixelsPerCm) => Math.round(pixelsPerCm * 2.54)),
		finger: fc.integer({ min: 0, max: 10 }),
		quality: fc.integer({ min: 0, max: 100 }),
	});
	return frame.chain((fields) =>
		fc
			.array(minutiaeWithin(fields.width, fields.height, angleUnits), { maxLength: 255 })
			.map((minutiae) => ({ ...fields, minutiae })),
	);
}

function minutiaeWithin(width: number, height: number, angleUnits: number): fc.Arbitrary<Minutia> {
	return fc.record({
		kind: fc.constantFrom<MinutiaKind>('ridge-ending', 'bifurcation'),
		x: fc.integer({ min: 0, max: width - 1 }),
		y: fc.integer({ min: 0, max: height - 1 }),
		angle: fc.integer({ min: 0, max: angleUnits - 1 }).map((unit) => (unit * 2 * Math.PI) / angleUnits),
		quality: fc.integer({ min: 0, max: 100 }),
	});
}
