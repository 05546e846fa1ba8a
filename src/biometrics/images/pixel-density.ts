/** The resolution that a file declares, pixels per inch; unchecked. */
export interface PixelDensity {
	readonly x: number;
	readonly y: number;
}
