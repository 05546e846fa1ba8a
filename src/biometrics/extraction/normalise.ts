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
	const { data } = dead === undefined ? source : withoutDead(source, dead);
	const shares = dead && boxMean(liveShare(dead), RADIUS);
	const mean = localMean({ width, height, data }, dead, shares);
	const contrast = localMean(squaredDeviation({ width, height, data }, mean), dead, shares);
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

function withoutDead({ width, height, data }: FloatImage, dead: Bitmap): FloatImage {
	return { width, height, data: data.map((grey, i) => (dead.data[i] === 1 ? 0 : grey)) };
}

function liveShare({ width, height, data }: Bitmap): FloatImage {
	const live = createFloatImage(width, height);
	for (let i = 0; i < data.length; i++) live.data[i] = 1 - data[i]!;
	return live;
}

/** Returns the mean over the live pixels around each live pixel, and 0 in the dead area, as in `source`. */
function localMean(source: FloatImage, dead?: Bitmap, shares?: FloatImage): FloatImage {
	const mean = boxMean(source, RADIUS);
	if (dead === undefined || shares === undefined) return mean;
	for (let i = 0; i < mean.data.length; i++) mean.data[i] = dead.data[i] === 1 ? 0 : mean.data[i]! / shares.data[i]!;
	return mean;
}

function squaredDeviation({ width, height, data }: FloatImage, mean: FloatImage): FloatImage {
	const target = createFloatImage(width, height);
	for (let i = 0; i < data.length; i++) target.data[i] = (data[i]! - mean.data[i]!) ** 2;
	return target;
}
