import type { FloatImage } from '../../images/float-image.ts';
import type { Minutia } from '../../records/minutia.ts';

/** A minutia before its quality is known; working pixels. */
export type UnratedMinutia = Omit<Minutia, 'quality'>;

/** Half side of the square in which the strength of the ridges is measured, working pixels. */
const RADIUS = 12;
/** Range of the distance to the nearest other minutia that matters, working pixels. */
const MIN_DISTANCE = 3;
const MAX_DISTANCE = 40;

/**
 * Adds the quality of each minutia: the probability, in percent, that another touch of the finger shows it as well. Where noise
 * breaks and joins ridges, the filtered image is weak and minutiae are close together.
 *
 * The coefficients are a logistic regression on 32 000 minutiae of five sets of real images and of images that were degraded to
 * look dry, wet, creased and noisy or cut by a window, each minutia compared with the other impressions of its finger. For sets
 * that the regression has not seen, the area under the ROC curve is 0.77 to 0.84, and 0.70 to 0.78 for the correlation with the
 * filtered ridges alone.
 *
 * @param minutiae all minutiae of the finger
 * @param enhanced the filtered image, see `enhance`
 */
export function rateMinutiae(minutiae: readonly UnratedMinutia[], enhanced: FloatImage): Minutia[] {
	return minutiae.map((minutia) => {
		const strength = meanMagnitude(enhanced, minutia.x, minutia.y);
		const logOdds = 7.73 * strength + 1.21 * Math.log(distanceToNearest(minutia, minutiae)) - 4.98;
		return { ...minutia, quality: Math.round(100 / (1 + Math.exp(-logOdds))) };
	});
}

function meanMagnitude({ width, height, data }: FloatImage, x: number, y: number): number {
	const left = Math.max(x - RADIUS, 0);
	const right = Math.min(x + RADIUS, width - 1);
	const top = Math.max(y - RADIUS, 0);
	const bottom = Math.min(y + RADIUS, height - 1);
	let sum = 0;
	for (let py = top; py <= bottom; py++) {
		for (let i = py * width + left; i <= py * width + right; i++) sum += Math.abs(data[i]!);
	}
	return sum / ((right - left + 1) * (bottom - top + 1));
}

function distanceToNearest(minutia: UnratedMinutia, minutiae: readonly UnratedMinutia[]): number {
	let nearest = MAX_DISTANCE;
	for (const other of minutiae) {
		if (other !== minutia) nearest = Math.min(nearest, Math.hypot(other.x - minutia.x, other.y - minutia.y));
	}
	return Math.max(nearest, MIN_DISTANCE);
}
