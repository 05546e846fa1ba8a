import type { MinutiaView } from '../../src/operator/contract.ts';

/** Radius of the shape and length of the line from its edge, pixels at 500 dpi: a ridge and its valley take about nine. */
const RADIUS = 4.5;
const LINE_LENGTH = 9;
const REFERENCE_DPI = 500;

/** How a minutia is drawn over its picture, pixels of the picture. */
export interface MinutiaMark {
	/** Half of the width of the circle or square around the place. */
	readonly radius: number;
	/** The line that shows the direction, from the edge of the shape outwards. */
	readonly line: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
}

/** @param dpi of the picture: what is drawn stays equally large beside the ridges */
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

/** Two digits after the point: more is not seen, and only makes the page longer. */
function round(pixels: number): number {
	// Adding 0 makes 0 of -0.
	return Math.round(pixels * 100) / 100 + 0;
}
