import { boxMean } from '../images/box-mean.ts';
import { createFloatImage, type FloatImage } from '../images/float-image.ts';

/** About one and a half ridge periods at 500 dpi: wide enough for ridge and valley, narrow enough to follow the pressure. */
const RADIUS = 12;
/** Grey levels; lower contrast is noise and is not amplified to full contrast. */
const MIN_CONTRAST = 6;
/** Standard deviations; specks and scratches are clipped to this value. */
const LIMIT = 2.5;

/** An image without the effects of pressure and lighting. */
export interface Normalised {
	/** Local mean 0, local standard deviation about 1; ridges are positive. */
	readonly ridges: FloatImage;
	/** Local standard deviation, grey levels. */
	readonly contrast: FloatImage;
	/** Local mean, grey levels. */
	readonly mean: FloatImage;
}

/** Normalises mean and variance as in Hong, Wan, Jain 1998, "Fingerprint image enhancement", but locally. */
export function normalise(source: FloatImage): Normalised {
	const { width, height, data } = source;
	const mean = boxMean(source, RADIUS);
	const contrast = boxMean(squaredDeviation(source, mean), RADIUS);
	const ridges = createFloatImage(width, height);
	for (let i = 0; i < data.length; i++) {
		// Rounding errors of the running sums can make the variance slightly negative where the image becomes uniform.
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
