import { gaussian } from './cell-grid.ts';
import { MAX_PERIOD, MIN_PERIOD } from './ridge-period.ts';

/** Number of orientations, in steps of 180 / 64 degrees. */
export const ORIENTATIONS = 64;
/** Ridge periods are distinguished in steps of half a pixel. */
const PERIODS_PER_PIXEL = 2;
/** Standard deviation of the Gaussian along the ridge, working pixels. */
const ALONG_SIGMA = 4;
/** Standard deviation of the wave packet across the ridges, ridge periods. */
const ACROSS_SIGMA = 0.42;
/** Smaller weights, of a sum of about 1, are left out. */
const NEGLIGIBLE = 2e-3;
/** The largest distance at which a filter reads, working pixels. */
export const REACH = Math.ceil(3 * ACROSS_SIGMA * MAX_PERIOD) + 1;
/** Maximum number of filters in a bank: along the ridge, and across it for each period. */
export const MAX_FILTERS = ORIENTATIONS * (2 + (MAX_PERIOD - MIN_PERIOD) * PERIODS_PER_PIXEL);
/** Maximum number of taps of a filter: two for each sample. */
export const MAX_TAPS = 2 * (2 * REACH + 1);

/** The taps of a filter. */
export interface Filter {
	/** 0..MAX_FILTERS - 1, different for each filter of a bank. */
	readonly id: number;
	/** Index offsets from the filtered pixel in an image with the stride of the bank. */
	readonly offsets: Int32Array;
	readonly weights: Float32Array;
}

/** The two parts of the Gabor filters for images of one width, each created on first use and cached. */
export class FilterBank {
	private readonly stride: number;
	private readonly alongFilters: Filter[] = [];
	private readonly acrossFilters: Filter[] = [];
	private count = 0;

	/** @param stride index distance between a pixel and the pixel below it */
	constructor(stride: number) {
		this.stride = stride;
	}

	/** Returns a Gaussian along ridges of this orientation. @param orientation index, 0..ORIENTATIONS - 1, counter-clockwise */
	along(orientation: number): Filter {
		this.alongFilters[orientation] ??= this.createAlong((orientation * Math.PI) / ORIENTATIONS);
		return this.alongFilters[orientation]!;
	}

	/** Returns a wave packet across ridges of this orientation. @param period working pixels, rounded to half pixels */
	across(orientation: number, period: number): Filter {
		const steps = Math.round(Math.min(Math.max(period, MIN_PERIOD), MAX_PERIOD) * PERIODS_PER_PIXEL);
		const key = steps * ORIENTATIONS + orientation;
		this.acrossFilters[key] ??= this.createAcross((orientation * Math.PI) / ORIENTATIONS, steps / PERIODS_PER_PIXEL);
		return this.acrossFilters[key]!;
	}

	private createAlong(angle: number): Filter {
		const line = lineAt(angle);
		return this.rasterise(gaussian(ALONG_SIGMA * line.density), line);
	}

	private createAcross(angle: number, period: number): Filter {
		const line = lineAt(angle + Math.PI / 2);
		return this.rasterise(wavePacket(period * line.density), line);
	}

	/** Rasterises a profile along a line through the pixel; each sample is shared between the two nearest pixels. */
	private rasterise(profile: Float32Array, { stepX, stepY }: Line): Filter {
		const taps = new Map<number, number>();
		const radius = (profile.length - 1) / 2;
		for (const [i, weight] of profile.entries()) {
			const x = (i - radius) * stepX;
			const y = (i - radius) * stepY;
			const first = Math.floor(y) * this.stride + Math.floor(x);
			const share = x - Math.floor(x) + y - Math.floor(y);
			taps.set(first, weight * (1 - share));
			if (share > 0) taps.set(first + (Number.isInteger(x) ? this.stride : 1), weight * share);
		}
		const used = [...taps].filter(([, weight]) => Math.abs(weight) > NEGLIGIBLE).sort(([a], [b]) => a - b);
		return {
			id: this.count++,
			offsets: Int32Array.from(used, ([offset]) => offset),
			weights: Float32Array.from(used, ([, weight]) => weight),
		};
	}
}

/** A line, sampled once per column if it is closer to horizontal, else once per row. */
interface Line {
	/** Step between samples, pixels; one of the two is 1 or -1. */
	readonly stepX: number;
	readonly stepY: number;
	/** Samples per pixel of length. */
	readonly density: number;
}

function lineAt(angle: number): Line {
	const density = Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
	return { stepX: snap(Math.cos(angle) / density), stepY: snap(-Math.sin(angle) / density), density };
}

/** Removes rounding errors of the trigonometry from whole steps. */
function snap(step: number): number {
	return Math.abs(step - Math.round(step)) < 1e-9 ? Math.round(step) : step;
}

/**
 * Returns a cosine with this period and a Gaussian envelope. Its mean is 0, and its response to a wave of this period is the
 * amplitude of the wave.
 *
 * @param period samples
 */
function wavePacket(period: number): Float32Array {
	const envelope = gaussian(ACROSS_SIGMA * period);
	const radius = (envelope.length - 1) / 2;
	const wave = envelope.map((_, i) => Math.cos((2 * Math.PI * (i - radius)) / period));
	const mean = envelope.reduce((sum, weight, i) => sum + weight * wave[i]!, 0);
	const packet = envelope.map((weight, i) => weight * (wave[i]! - mean));
	const gain = packet.reduce((sum, value, i) => sum + value * wave[i]!, 0);
	return packet.map((value) => value / gain);
}
