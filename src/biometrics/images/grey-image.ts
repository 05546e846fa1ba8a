/** An 8-bit grey picture of a fingerprint, row by row from the top left; ridges are dark, background is light. */
export interface GreyImage {
	/** Pixels across. */
	readonly width: number;
	/** Pixels down. */
	readonly height: number;
	/** Resolution of both axes, pixels per inch; readers have 500 or 508 or so. */
	readonly dpi: number;
	/** `width * height` bytes, 0 = black, 255 = white. */
	readonly data: Uint8Array;
}
