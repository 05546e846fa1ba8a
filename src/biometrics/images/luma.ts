/** Returns the brightness of a colour (ITU-R BT.601), in the range of its components. */
export function luma(red: number, green: number, blue: number): number {
	return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Returns the grey level of a pixel on a white background, 0..255. @param value 0..1 @param opacity 0..1 */
export function onWhite(value: number, opacity: number): number {
	return Math.round(255 * (value * opacity + 1 - opacity));
}
