import { gaussian } from './cells.ts';
import { MAX_PERIOD, MIN_PERIOD } from './ridge-period.ts';

/** Orientations are told apart in steps of 180 / 64 degrees. */
export const ORIENTATIONS = 64;
/** Ridge periods are told apart in steps of half a pixel. */
const PERIODS_PER_PIXEL = 2;
/** Working pixels; how far a ridge is smoothed along its run. */
const ALONG_SIGMA = 4;
/** Ridge periods; the width of the wave packet across the ridges. */
const ACROSS_SIGMA = 0.42;
/** No filter reads further than this from its pixel, working pixels. */
export const REACH = Math.ceil(3 * ACROSS_SIGMA * MAX_PERIOD) + 1;

/** What a filter reads around a pixel, and with which weights. */
export interface Filter {
	/** Distances in the data array of a picture with the stride of the bank. */
	readonly offsets: Int32Array;
	readonly weights: Float32Array;
}

/** The two halves of the Gabor filters for pictures of one width, each built when first asked for and kept. */
export class FilterBank {
	readonly #stride: number;
	readonly #along: Filter[] = [];
	readonly #across: Filter[] = [];

	/** @param stride distance in the data array from a pixel to the one below it */
	constructor(stride: number) {
		this.#stride = stride;
	}

	/** A Gaussian along ridges of this orientation. @param orientation index, 0..ORIENTATIONS - 1, counter-clockwise */
	along(orientation: number): Filter {
		this.#along[orientation] ??= this.#line((orientation * Math.PI) / ORIENTATIONS, gaussian(ALONG_SIGMA));
		return this.#along[orientation]!;
	}

	/** A wave packet across ridges of this orientation. @param period working pixels, rounded to the half pixel */
	across(orientation: number, period: number): Filter {
		const steps = Math.round(Math.min(Math.max(period, MIN_PERIOD), MAX_PERIOD) * PERIODS_PER_PIXEL);
		const key = steps * ORIENTATIONS + orientation;
		this.#across[key] ??= this.#line(
			(orientation * Math.PI) / ORIENTATIONS + Math.PI / 2,
			wavePacket(steps / PERIODS_PER_PIXEL),
		);
		return this.#across[key]!;
	}

	/** Samples of a profile laid along a line through the pixel, each shared among the four pixels around it. */
	#line(angle: number, profile: Float32Array): Filter {
		const taps = new Map<number, number>();
		const radius = (profile.length - 1) / 2;
		for (const [i, weight] of profile.entries()) {
			const x = (i - radius) * Math.cos(angle);
			const y = (radius - i) * Math.sin(angle);
			for (const [column, row] of [
				[0, 0],
				[1, 0],
				[0, 1],
				[1, 1],
			] as const) {
				const px = Math.floor(x) + column;
				const py = Math.floor(y) + row;
				const share = weight * (1 - Math.abs(x - px)) * (1 - Math.abs(y - py));
				const offset = py * this.#stride + px;
				taps.set(offset, (taps.get(offset) ?? 0) + share);
			}
		}
		const used = [...taps].filter(([, weight]) => Math.abs(weight) > 1e-3).sort(([a], [b]) => a - b);
		return {
			offsets: Int32Array.from(used, ([offset]) => offset),
			weights: Float32Array.from(used, ([, weight]) => weight),
		};
	}
}

/** A cosine of this period under a Gaussian, without mean, answering a pure wave of its period with its amplitude. */
function wavePacket(period: number): Float32Array {
	const envelope = gaussian(ACROSS_SIGMA * period);
	const radius = (envelope.length - 1) / 2;
	const wave = envelope.map((weight, i) => weight * Math.cos((2 * Math.PI * (i - radius)) / period));
	const mean = wave.reduce((sum, value) => sum + value);
	const packet = wave.map((value, i) => value - mean * envelope[i]!);
	const gain = packet.reduce((sum, value, i) => sum + value * Math.cos((2 * Math.PI * (i - radius)) / period), 0);
	return packet.map((value) => value / gain);
}
