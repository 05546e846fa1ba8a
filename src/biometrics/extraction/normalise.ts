import { boxMean } from '../images/box-mean.ts';
import { createFloatImage, type FloatImage } from '../images/float-image.ts';

/** About one and a half ridge pitches at 500 dpi: wide enough to hold ridge and valley, narrow enough to follow pressure. */
const RADIUS = 12;
/** Grey levels; weaker contrast than this is noise and is not blown up to full size. */
const MIN_CONTRAST = 6;
/** Standard deviations; specks and scratches are cut off here. */
const LIMIT = 2.5;

/** A picture freed of pressure and lighting. */
export interface Normalised {
	/** Local mean 0, local standard deviation about 1; ridges are positive. */
	readonly ridges: FloatImage;
	/** Local standard deviation, grey levels. */
	readonly contrast: FloatImage;
	/** Local mean, grey levels. */
	readonly mean: FloatImage;
}

/** Local normalisation of mean and variance (Hong, Wan, Jain 1998, "Fingerprint image enhancement", done locally). */
export function normalise(source: FloatImage): Normalised {
	const { width, height, data } = source;
	const mean = boxMean(source, RADIUS);
	const contrast = boxMean(squaredDeviation(source, mean), RADIUS);
	const ridges = createFloatImage(width, height);
	for (let i = 0; i < data.length; i++) {
		// Running sums may end a hair below zero where the picture turns flat.
		const deviation = Math.sqrt(Math.max(contrast.data[i]!, 0));
		contrast.data[i] = deviation;
		const value = (mean.data[i]! - data[i]!) / Math.max(deviation, MIN_CONTRAST);
		ridges.data[i] = Math.min(Math.max(value, -LIMIT), LIMIT);
	}
	return { ridges, contrast, mean };
}

function squaredDeviation({ width, height, data }: FloatImage, mean: FloatImage): FloatImage {
	const target = createFloatImage(width, height);
	for (let i = 0; i < data.length; i++) target.data[i] = (data[i]! - mean.data[i]!) ** 2;
	return target;
}
