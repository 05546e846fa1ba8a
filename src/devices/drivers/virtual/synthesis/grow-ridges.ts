import type { FloatImage } from '../../../../biometrics/worker-engine.ts';
import { GABOR_BANK, HALF_KERNEL, KERNEL_RADIUS, kernelStart } from './gabor-bank.ts';
import type { Random } from './random.ts';

/** Number of filter passes: enough for continuous ridges, few enough to leave a natural number of minutiae. */
const ROUNDS = 16;

/** Amplification of each pass before the values are clipped to -1..1. */
const GAIN = 4;

export interface RidgeFlow {
	readonly width: number;
	readonly height: number;
	/** Ridge direction of each pixel, radians counter-clockwise. */
	readonly direction: Float32Array;
	/** Distance between ridges at each pixel, pixels. */
	readonly pitch: Float32Array;
}

/**
 * Grows ridges from noise: Gabor kernels along the flow are applied repeatedly and strengthen ridge-like structures. Ridges
 * end and split where the flow diverges and where the noise requires it, which creates the minutiae.
 *
 * @returns one value per pixel, -1 = middle of a valley, 1 = middle of a ridge, smooth in between
 * @see R. Cappelli, D. Maio, D. Maltoni, "Synthetic fingerprint-image generation", ICPR 2000 (SFinGe)
 */
export function growRidges(random: Random, flow: RidgeFlow): FloatImage {
	const { width, height } = flow;
	const stride = width + 2 * KERNEL_RADIUS;
	const kernels = new Int32Array(width * height).map((_, i) => kernelStart(flow.direction[i]!, flow.pitch[i]!));
	let ridges = new Float32Array(stride * (height + 2 * KERNEL_RADIUS)).map(() => 0.5 * random.normal());
	let filtered = ridges.slice();
	for (let round = 1; round <= ROUNDS; round++) {
		filter(ridges, filtered, { width, height, kernels, gain: round < ROUNDS ? GAIN : 1 });
		[ridges, filtered] = [filtered, ridges];
	}
	return { width, height, data: withoutMargin(ridges, width, height) };
}

interface FilterOptions {
	readonly width: number;
	readonly height: number;
	/** Index of each pixel's kernel in the bank. */
	readonly kernels: Int32Array;
	readonly gain: number;
}

/** Filters an image. Both arrays have a margin of one kernel radius, so that the inner loop needs no bounds checks. */
function filter(from: Float32Array, to: Float32Array, { width, height, kernels, gain }: FilterOptions): void {
	const stride = width + 2 * KERNEL_RADIUS;
	const bank = GABOR_BANK;
	const offsets = Int32Array.from(HALF_KERNEL, ({ dx, dy }) => dy * stride + dx);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const at = (y + KERNEL_RADIUS) * stride + x + KERNEL_RADIUS;
			let weight = kernels[y * width + x]!;
			let sum = bank[weight]! * from[at]!;
			for (let i = 0; i < offsets.length; i++) {
				const offset = offsets[i]!;
				sum += bank[++weight]! * (from[at + offset]! + from[at - offset]!);
			}
			to[at] = Math.min(Math.max(gain * sum, -1), 1);
		}
	}
}

function withoutMargin(source: Float32Array, width: number, height: number): Float32Array {
	const stride = width + 2 * KERNEL_RADIUS;
	const inner = new Float32Array(width * height);
	for (let y = 0; y < height; y++) {
		const start = (y + KERNEL_RADIUS) * stride + KERNEL_RADIUS;
		inner.set(source.subarray(start, start + width), y * width);
	}
	return inner;
}
