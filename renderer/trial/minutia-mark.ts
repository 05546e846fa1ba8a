import type { MinutiaView } from '../../src/operator/contract.ts';

/** Radius of the shape and length of its line, in pixels at 500 dpi, where the ridge period is about 9 pixels. */
const RADIUS = 4.5;
const LINE_LENGTH = 9;
const REFERENCE_DPI = 500;

/** The shape of a minutia over the image, in image pixels. */
export interface MinutiaMark {
	/** Half the width of the circle or square. */
	readonly radius: number;
	/** The line in the direction of the minutia, from the edge of the shape outwards. */
	readonly line: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
}

/** @param dpi of the image; the mark scales with it, so that it keeps its size relative to the ridges */
export function minutiaMark({ x, y, angle }: Pick<MinutiaView, 'x' | 'y' | 'angle'>, dpi: number): MinutiaMark {
	const radius = RADIUS * (dpi / REFERENCE_DPI);
	const length = radius + LINE_LENGTH * (dpi / REFERENCE_DPI);
	const [right, up] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
	return {
		radius,
		line: {
			x1: round(x + radius * right),
			y1: round(y - radius * up),
			x2: round(x + length * right),
			y2: round(y - length * up),
		},
	};
}

/** Rounds to two decimals, which is finer than visible. */
function round(pixels: number): number {
	// Adding 0 turns -0 into 0.
	return Math.round(pixels * 100) / 100 + 0;
}
