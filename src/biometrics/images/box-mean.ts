import { createFloatImage, type FloatImage } from './float-image.ts';

/**
 * Returns the mean over the square with side `2 * radius + 1` around each pixel, clipped at the edges. Running sums make the
 * time independent of the radius.
 */
export function boxMean({ width, height, data }: FloatImage, radius: number): FloatImage {
	const target = createFloatImage(width, height);
	const columnShares = sharesOf(width, radius);
	const rowShares = sharesOf(height, radius);
	// Sums over the rows around the current one, with zeros at both ends for the columns beyond the edges.
	const sums = new Float64Array(width + 2 * radius + 1);
	const beyond = new Float32Array(width);
	const rowAt = (y: number) => (y >= 0 && y < height ? data.subarray(y * width, (y + 1) * width) : beyond);
	for (let y = -radius; y < height; y++) {
		slideDown(sums.subarray(radius + 1), rowAt(y + radius), rowAt(y - radius - 1));
		if (y >= 0) averageRow(sums, radius, columnShares, rowShares[y]!, target.data.subarray(y * width, (y + 1) * width));
	}
	return target;
}

/** Returns, for each position in a line of this length, the weight of one value in its mean. */
function sharesOf(length: number, radius: number): Float64Array {
	const share = (_: unknown, i: number) => 1 / (Math.min(i + radius, length - 1) - Math.max(i - radius, 0) + 1);
	return Float64Array.from({ length }, share);
}

function slideDown(sums: Float64Array, entering: Float32Array, leaving: Float32Array): void {
	for (let x = 0; x < entering.length; x++) sums[x]! += entering[x]! - leaving[x]!;
}

/** Averages the sums of the columns around each pixel of a row. */
function averageRow(
	sums: Float64Array,
	radius: number,
	columnShares: Float64Array,
	rowShare: number,
	target: Float32Array,
): void {
	const side = 2 * radius + 1;
	let sum = 0;
	for (let i = 0; i < side - 1; i++) sum += sums[i + 1]!;
	for (let x = 0; x < target.length; x++) {
		sum += sums[x + side]! - sums[x]!;
		target[x] = sum * columnShares[x]! * rowShare;
	}
}
