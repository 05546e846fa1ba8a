/** An 8-bit greyscale image of a fingerprint, row by row from the top left; ridges are dark, the background is light. */
export interface GreyImage {
	/** Pixels. */
	readonly width: number;
	/** Pixels. */
	readonly height: number;
	/** Resolution of both axes, pixels per inch; usually 500 to 512. */
	readonly dpi: number;
	/** `width * height` bytes, 0 = black, 255 = white. */
	readonly data: Uint8Array;
}
