/** Where a ridge ends, or where one ridge splits into two. */
export type MinutiaKind = 'ridge-ending' | 'bifurcation';

/**
 * One minutia in the terms of ISO/IEC 19794-2:2005: x to the right, y down, origin at the centre of the top left pixel.
 */
export interface Minutia {
	readonly kind: MinutiaKind;
	/** Pixels from the left edge, 0 <= x < width of the image. */
	readonly x: number;
	/** Pixels from the top edge, 0 <= y < height of the image. */
	readonly y: number;
	/**
	 * Radians, 0 <= angle < 2 pi, counter-clockwise as seen on the picture from "to the right". Points from a ridge ending
	 * into its ridge, from a bifurcation along the valley between its two branches.
	 */
	readonly angle: number;
	/** How far to trust it, 0..100, higher is better. */
	readonly quality: number;
}
