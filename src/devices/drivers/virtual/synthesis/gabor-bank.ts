/** Number of ridge directions and pitches in the bank. */
const DIRECTIONS = 32;
const PITCHES = 16;
const LOWEST_PITCH = 3.6;
const PITCH_STEP = 0.15;

/** Standard deviations of a kernel along and across the ridge, pixels; a larger value along leaves fewer minutiae. */
const ALONG = 3.2;
const ACROSS = 2;

/** Radius of the kernels, pixels. */
export const KERNEL_RADIUS = 6;

/** The pixels of one half of a kernel without its centre; the other half is point-symmetric. */
export const HALF_KERNEL: readonly { readonly dx: number; readonly dy: number }[] = halfDisc();

/** Number of weights of one kernel: the centre, then `HALF_KERNEL`. */
const KERNEL_SIZE = HALF_KERNEL.length + 1;

/**
 * Even Gabor kernels, one for each direction and pitch: a plane wave across the ridge with a Gaussian envelope. The sum of
 * the weights is 0, so that uniform grey gives 0; the sum of their absolute values is 1, so that -1..1 stays -1..1.
 */
export const GABOR_BANK: Float32Array = createBank();

/**
 * Returns the index in `GABOR_BANK` where the nearest kernel begins.
 *
 * @param direction radians counter-clockwise
 * @param pitch distance between ridges, 3.6..5.85 pixels; other values are clamped
 */
export function kernelStart(direction: number, pitch: number): number {
	const turn = Math.round((direction / Math.PI) * DIRECTIONS);
	const directionIndex = ((turn % DIRECTIONS) + DIRECTIONS) % DIRECTIONS;
	const pitchIndex = Math.min(Math.max(Math.round((pitch - LOWEST_PITCH) / PITCH_STEP), 0), PITCHES - 1);
	return (pitchIndex * DIRECTIONS + directionIndex) * KERNEL_SIZE;
}

function halfDisc() {
	const pixels: { dx: number; dy: number }[] = [];
	for (let dy = 0; dy <= KERNEL_RADIUS; dy++) {
		for (let dx = dy === 0 ? 1 : -KERNEL_RADIUS; dx <= KERNEL_RADIUS; dx++) {
			if (Math.hypot(dx, dy) < KERNEL_RADIUS + 0.2) pixels.push({ dx, dy });
		}
	}
	return pixels;
}

function createBank(): Float32Array {
	const bank = new Float32Array(PITCHES * DIRECTIONS * KERNEL_SIZE);
	for (let pitch = 0; pitch < PITCHES; pitch++) {
		for (let direction = 0; direction < DIRECTIONS; direction++) {
			const kernel = createKernel((direction / DIRECTIONS) * Math.PI, LOWEST_PITCH + pitch * PITCH_STEP);
			bank.set(kernel, (pitch * DIRECTIONS + direction) * KERNEL_SIZE);
		}
	}
	return bank;
}

function createKernel(direction: number, pitch: number): number[] {
	const cos = Math.cos(direction);
	const sin = Math.sin(direction);
	const pixels = [{ dx: 0, dy: 0 }, ...HALF_KERNEL].map(({ dx, dy }) => {
		const along = dx * cos - dy * sin;
		const across = dx * sin + dy * cos;
		const bell = Math.exp(-(along ** 2) / (2 * ALONG ** 2) - across ** 2 / (2 * ACROSS ** 2));
		return { bell, wave: bell * Math.cos((2 * Math.PI * across) / pitch) };
	});
	const mean = wholeSum(pixels.map(({ wave }) => wave)) / wholeSum(pixels.map(({ bell }) => bell));
	const weights = pixels.map(({ bell, wave }) => wave - mean * bell);
	const size = wholeSum(weights.map(Math.abs));
	return weights.map((weight) => weight / size);
}

/** Returns the sum over the whole kernel, from the values of its centre and one half. */
function wholeSum(values: readonly number[]): number {
	return values.reduce((sum, value, index) => sum + (index === 0 ? value : 2 * value), 0);
}
