import type { Minutia } from './minutia.ts';

/** One impression of one finger as a record stores it, whatever the format. */
export interface FingerView {
	/** Width of the image in pixels, 1..16384. */
	readonly width: number;
	/** Height of the image in pixels, 1..16384. */
	readonly height: number;
	/** Pixels per inch on both axes, at least 251. Records store whole pixels per centimetre, so 512 is decoded as 513. */
	readonly dpi: number;
	/** Finger position, 1 right thumb .. 10 left little finger; 0 or absent = unknown. Decoded views always have it. */
	readonly finger?: number;
	/** Quality of the whole impression, 0..100, higher is better; 0 if the record contains none. */
	readonly quality: number;
	/** A view of a record can contain 255. */
	readonly minutiae: readonly Minutia[];
}

/** Size and resolution of the image of a view. */
export type ViewImage = Pick<FingerView, 'width' | 'height' | 'dpi'>;

/** Fewer minutiae cannot distinguish two fingers: courts require twelve, automatic matching fails below about eight. */
export const MIN_MINUTIAE = 8;

const CM_PER_INCH = 2.54;
const MAX_MINUTIAE = 255;

/** Returns the resolution as records store it, whole pixels per centimetre. */
export function toPixelsPerCm(dpi: number): number {
	return Math.round(dpi / CM_PER_INCH);
}

/** Returns a stored resolution in whole pixels per inch. */
export function toDpi(pixelsPerCm: number): number {
	return Math.round(pixelsPerCm * CM_PER_INCH);
}

/** Returns as many minutiae as a view can contain: those with the best quality. */
export function bestMinutiae(minutiae: readonly Minutia[]): readonly Minutia[] {
	if (minutiae.length <= MAX_MINUTIAE) return minutiae;
	return minutiae.toSorted((a, b) => b.quality - a.quality).slice(0, MAX_MINUTIAE);
}
