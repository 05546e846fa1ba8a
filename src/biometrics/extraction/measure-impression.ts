import type { Bitmap, FloatImage } from '../images/float-image.ts';
import { WORKING_DPI } from '../images/rescale.ts';
import { createBytes } from '../images/reused-memory.ts';
import { CELL, type CellGrid } from './cell-grid.ts';
import type { Normalised } from './normalise.ts';
import type { FingerMap } from './skeleton/find-minutiae.ts';

/** Measurements of the image of a finger, from which its quality and hints are derived. */
export interface ImpressionMeasures {
	/** Area of the finger, mm2; 0 if there is none. */
	readonly areaMm2: number;
	/** Mean correlation of the image with the filtered ridges, 0..1; below 0.7 ridges are hard to follow. */
	readonly fit: number;
	/** How parallel the ridges are, 0..1; at most 0.11 for checkerboards and dots. */
	readonly coherence: number;
	/** Mean local standard deviation, grey levels. */
	readonly contrast: number;
	/** Mean grey level. */
	readonly brightness: number;
	/** Contrast as a share of the difference between the finger and the background; low for a smear, which is dark without contrast. */
	readonly modulation: number;
	/** Share of the ridge pixels that are light, caused by pores or dryness. */
	readonly brokenRidges: number;
	/** Share of the valley pixels that are dark, caused by moisture or pressure. */
	readonly filledValleys: number;
	/** Distance from the centre of the sensor's window to that of the finger, as a share of the side; the larger of both axes. */
	readonly offCentre: number;
	/** Median distance between ridges, mm at the stated resolution; 0 if there is no finger. */
	readonly ridgePeriodMm: number;
}

const MM_PER_PIXEL = 25.4 / WORKING_DPI;
/** A pixel of the filtered image above this value is clearly on a ridge, below its negative clearly in a valley. */
const CLEAR_RESPONSE = 0.4;

/**
 * Measures the whole finger.
 *
 * @param enhanced the filtered image, see `enhance`
 * @param periods distance between ridges in each cell, see `estimatePeriod`
 * @param whole the image of the sensor; larger than the others if they were cropped
 */
export function measureImpression(
	normalised: Normalised,
	enhanced: FloatImage,
	{ field, finger, fit, dead }: FingerMap,
	periods: CellGrid,
	whole: Rectangle = { left: 0, top: 0, width: enhanced.width, height: enhanced.height },
): ImpressionMeasures {
	const sums = sumInside(normalised, enhanced, { finger, dead });
	const { left, top, width, height } = findWindow(enhanced, dead, whole);
	const pixels = Math.max(sums.pixels, 1);
	const livePixels = Math.max(sums.pixels - sums.dead, 1);
	const contrast = sums.contrast / livePixels;
	const brightness = sums.brightness / livePixels;
	return {
		areaMm2: sums.pixels * MM_PER_PIXEL ** 2,
		fit: meanInside(fit, finger),
		coherence: meanInside(field.coherence, finger),
		contrast,
		brightness,
		modulation: contrast / Math.max(maxOf(normalised.mean.data) - brightness, 1),
		brokenRidges: sums.broken / Math.max(sums.ridge, 1),
		filledValleys: sums.filled / Math.max(sums.valley, 1),
		offCentre: Math.max(
			Math.abs((sums.x / pixels - left) / width - 0.5),
			Math.abs((sums.y / pixels - top) / height - 0.5),
		),
		ridgePeriodMm: medianInside(periods, finger) * MM_PER_PIXEL,
	};
}

/** A rectangle in the image that is measured, pixels; it may extend beyond it. */
export interface Rectangle {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/** Returns the rectangle around the live pixels: the whole image if no pixel is dead. */
function findWindow({ width, height }: FloatImage, dead: Bitmap | undefined, whole: Rectangle): Rectangle {
	if (dead === undefined) return whole;
	let [left, top, right, bottom] = [width, height, 0, 0];
	for (let y = 0; y < height; y++) {
		const row = dead.data.subarray(y * width, (y + 1) * width);
		const first = row.indexOf(0);
		if (first < 0) continue;
		left = Math.min(left, first);
		right = Math.max(right, row.lastIndexOf(0) + 1);
		top = Math.min(top, y);
		bottom = y + 1;
	}
	// What was cropped beyond live pixels was live as well.
	if (left === 0) left = whole.left;
	if (top === 0) top = whole.top;
	if (right === width) right = whole.left + whole.width;
	if (bottom === height) bottom = whole.top + whole.height;
	return { left, top, width: Math.max(right - left, 1), height: Math.max(bottom - top, 1) };
}

/** Sums and pixel counts over the finger. */
interface ImpressionSums {
	readonly pixels: number;
	/** Number of dead pixels among `pixels`; they count for the area only. */
	readonly dead: number;
	readonly x: number;
	readonly y: number;
	readonly contrast: number;
	readonly brightness: number;
	readonly ridge: number;
	/** Number of light pixels among `ridge`. */
	readonly broken: number;
	readonly valley: number;
	/** Number of dark pixels among `valley`. */
	readonly filled: number;
}

function sumInside(
	{ ridges: { data: ridges }, contrast: { data: contrasts }, mean: { data: means } }: Normalised,
	{ width, height, data: enhanced }: FloatImage,
	{ finger, dead }: Pick<FingerMap, 'finger' | 'dead'>,
): ImpressionSums {
	const deadPixels = dead?.data ?? createBytes(width * height);
	// Local variables, because the properties of an object are written to memory for every pixel.
	let [pixels, deadCount, xSum, ySum] = [0, 0, 0, 0];
	let [contrast, brightness] = [0, 0];
	let [ridge, broken, valley, filled] = [0, 0, 0, 0];
	for (let y = 0; y < height; y++) {
		const cells = Math.floor(y / CELL) * finger.columns;
		for (let x = 0, column = 0; x < width; x += CELL, column++) {
			if (finger.data[cells + column] === 0) continue;
			const length = Math.min(CELL, width - x);
			pixels += length;
			xSum += length * (x + (length - 1) / 2);
			ySum += length * y;
			const start = y * width + x;
			for (let i = start; i < start + length; i++) {
				// No branches, because the processor cannot predict the edges of the ridges.
				const isLive = 1 - deadPixels[i]!;
				const isDark = ridges[i]! > 0 ? 1 : 0;
				const isRidge = enhanced[i]! > CLEAR_RESPONSE ? isLive : 0;
				const isValley = enhanced[i]! < -CLEAR_RESPONSE ? isLive : 0;
				deadCount += 1 - isLive;
				ridge += isRidge;
				broken += isRidge & (1 - isDark);
				valley += isValley;
				filled += isValley & isDark;
				// 0 in the dead area.
				contrast += contrasts[i]!;
				brightness += means[i]!;
			}
		}
	}
	return { pixels, dead: deadCount, x: xSum, y: ySum, contrast, brightness, ridge, broken, valley, filled };
}

function maxOf(values: Float32Array): number {
	let max = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < values.length; i++) if (values[i]! > max) max = values[i]!;
	return max;
}

function meanInside(grid: CellGrid, mask: CellGrid): number {
	let sum = 0;
	let count = 0;
	for (let i = 0; i < grid.data.length; i++) {
		sum += mask.data[i]! * grid.data[i]!;
		count += mask.data[i]!;
	}
	return count === 0 ? 0 : sum / count;
}

function medianInside(grid: CellGrid, mask: CellGrid): number {
	const inside = grid.data.filter((_, i) => mask.data[i] === 1).toSorted();
	return inside[Math.floor(inside.length / 2)] ?? 0;
}
