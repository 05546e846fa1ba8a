/** A ridge ends, or one ridge splits into two. */
export type MinutiaKind = 'ridge-ending' | 'bifurcation';

/**
 * One minutia in the coordinates of ISO/IEC 19794-2:2005: x to the right, y down, origin at the centre of the top left pixel.
 */
export interface Minutia {
	readonly kind: MinutiaKind;
	/** Pixels from the left edge, 0 <= x < width of the image. */
	readonly x: number;
	/** Pixels from the top edge, 0 <= y < height of the image. */
	readonly y: number;
	/**
	 * Radians, 0 <= angle < 2 pi, counter-clockwise from the positive x axis. Points from a ridge ending into its ridge, from a
	 * bifurcation along the valley between its two branches.
	 */
	readonly angle: number;
	/** Reliability, 0..100, higher is better. */
	readonly quality: number;
}
