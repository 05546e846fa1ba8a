import { boxMean } from '../images/box-mean.ts';
import { type Bitmap, createFloatImage, type FloatImage } from '../images/float-image.ts';

/** About one and a half ridge periods at 500 dpi: wide enough for ridge and valley, narrow enough to follow the pressure. */
const RADIUS = 12;
/** Grey levels; lower contrast is noise and is not amplified to full contrast. */
const MIN_CONTRAST = 6;
/** Standard deviations; specks and scratches are clipped to this value. */
const LIMIT = 2.5;

/** An image without the effects of pressure and lighting. */
export interface Normalised {
	/** Local mean 0, local standard deviation about 1; ridges are positive, the dead area is 0. */
	readonly ridges: FloatImage;
	/** Local standard deviation, grey levels; 0 in the dead area. */
	readonly contrast: FloatImage;
	/** Local mean, grey levels; 0 in the dead area. */
	readonly mean: FloatImage;
}

/**
 * Normalises mean and variance as in Hong, Wan, Jain 1998, "Fingerprint image enhancement", but locally.
 *
 * @param dead excluded from mean and variance, see `findDeadArea`
 */
export function normalise(source: FloatImage, dead?: Bitmap): Normalised {
	const { width, height } = source;
	const weights = dead && liveWeights(dead);
	const live = weights === undefined ? source : withoutDead(source, weights);
	const { data } = live;
	const mean = localMean(live, weights);
	const contrast = localMean(squaredDeviation(live, mean), weights);
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

/** Returns the factor from the mean over a square to that over its live pixels, for each pixel; 0 in the dead area. */
function liveWeights(dead: Bitmap): Float32Array {
	const live = createFloatImage(dead.width, dead.height);
	for (let i = 0; i < live.data.length; i++) live.data[i] = 1 - dead.data[i]!;
	const weights = boxMean(live, RADIUS).data;
	for (let i = 0; i < weights.length; i++) weights[i] = dead.data[i] === 1 ? 0 : 1 / weights[i]!;
	return weights;
}

function withoutDead({ width, height, data }: FloatImage, weights: Float32Array): FloatImage {
	const live = createFloatImage(width, height);
	for (let i = 0; i < data.length; i++) live.data[i] = weights[i] === 0 ? 0 : data[i]!;
	return live;
}

/** Returns the mean over the live pixels around each live pixel, and 0 in the dead area, as in `source`. */
function localMean(source: FloatImage, weights?: Float32Array): FloatImage {
	const mean = boxMean(source, RADIUS);
	if (weights) for (let i = 0; i < weights.length; i++) mean.data[i]! *= weights[i]!;
	return mean;
}

function squaredDeviation({ width, height, data }: FloatImage, mean: FloatImage): FloatImage {
	const target = createFloatImage(width, height);
	for (let i = 0; i < data.length; i++) target.data[i] = (data[i]! - mean.data[i]!) ** 2;
	return target;
}
