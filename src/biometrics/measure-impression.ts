import { CELL, type CellGrid } from './cells.ts';
import type { Normalised } from './normalise.ts';
import type { Plane } from './plane.ts';
import { WORKING_DPI } from './rescale.ts';

/** What a picture of a finger shows, in numbers; the grounds of its quality and of the hints. */
export interface Impression {
	/** Finger on the sensor, mm2; 0 when there is none. */
	readonly areaMm2: number;
	/** Mean correlation of picture and filtered ridges, 0..1; below 0.7 ridges are hard to follow. */
	readonly fit: number;
	/** Mean local standard deviation, grey levels. */
	readonly contrast: number;
	/** Mean grey level. */
	readonly brightness: number;
	/** Share of the ridge pixels that are light: pores, dryness. */
	readonly brokenRidges: number;
	/** Share of the valley pixels that are dark: moisture, pressure. */
	readonly filledValleys: number;
	/** From the middle of the picture to that of the finger, as a share of the side; the larger of both axes. */
	readonly offCentre: number;
}

const MM_PER_PIXEL = 25.4 / WORKING_DPI;
/** The filtered picture beyond this is surely ridge (or, negative, valley), not the slope between. */
const SURE = 0.4;

/** @param finger cells of the finger are 1 @param fit see `measureFit` */
export function measureImpression(
	{ ridges, contrast, mean }: Normalised,
	enhanced: Plane,
	finger: CellGrid,
	fit: CellGrid,
): Impression {
	const sums = { pixels: 0, x: 0, y: 0, contrast: 0, brightness: 0, ridge: 0, broken: 0, valley: 0, filled: 0 };
	const { width, height } = ridges;
	for (let y = 0; y < height; y++) {
		const cells = Math.floor(y / CELL) * finger.columns;
		for (let x = 0; x < width; x++) {
			if (finger.data[cells + ((x / CELL) | 0)] === 0) continue;
			const i = y * width + x;
			sums.pixels++;
			sums.x += x;
			sums.y += y;
			sums.contrast += contrast.data[i]!;
			sums.brightness += mean.data[i]!;
			const isDark = ridges.data[i]! > 0;
			if (enhanced.data[i]! > SURE) {
				sums.ridge++;
				if (!isDark) sums.broken++;
			} else if (enhanced.data[i]! < -SURE) {
				sums.valley++;
				if (isDark) sums.filled++;
			}
		}
	}
	const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
	return {
		areaMm2: sums.pixels * MM_PER_PIXEL ** 2,
		fit: meanInside(fit, finger),
		contrast: share(sums.contrast, sums.pixels),
		brightness: share(sums.brightness, sums.pixels),
		brokenRidges: share(sums.broken, sums.ridge),
		filledValleys: share(sums.filled, sums.valley),
		offCentre: Math.max(
			Math.abs(share(sums.x, sums.pixels) / width - 0.5),
			Math.abs(share(sums.y, sums.pixels) / height - 0.5),
		),
	};
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
