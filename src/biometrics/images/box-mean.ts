import { createFloatImage, type FloatImage } from './float-image.ts';

/**
 * Returns the mean over the square with side `2 * radius + 1` around each pixel, clipped at the edges. Running sums make the
 * time independent of the radius.
 */
export function boxMean(source: FloatImage, radius: number): FloatImage {
	return averageColumns(averageRows(source, radius), radius);
}

function averageRows({ width, height, data }: FloatImage, radius: number): FloatImage {
	const target = createFloatImage(width, height);
	const shares = sharesOf(width, radius);
	for (let row = 0; row < width * height; row += width) {
		let sum = 0;
		for (let x = 0; x < Math.min(radius, width); x++) sum += data[row + x]!;
		for (let x = 0; x < width; x++) {
			const entering = x + radius < width ? data[row + x + radius]! : 0;
			const leaving = x - radius > 0 ? data[row + x - radius - 1]! : 0;
			sum += entering - leaving;
			target.data[row + x] = sum * shares[x]!;
		}
	}
	return target;
}

function averageColumns({ width, height, data }: FloatImage, radius: number): FloatImage {
	const target = createFloatImage(width, height);
	const shares = sharesOf(height, radius);
	const sums = new Float64Array(width);
	const beyond = new Float32Array(width);
	const rowAt = (y: number) => (y >= 0 && y < height ? data.subarray(y * width, (y + 1) * width) : beyond);
	for (let y = -radius; y < height; y++) {
		slideDown(sums, rowAt(y + radius), rowAt(y - radius - 1));
		if (y < 0) continue;
		for (let x = 0; x < width; x++) target.data[y * width + x] = sums[x]! * shares[y]!;
	}
	return target;
}

/** Returns, for each position in a line of this length, the weight of one value in its mean. */
function sharesOf(length: number, radius: number): Float64Array {
	const share = (_: unknown, i: number) => 1 / (Math.min(i + radius, length - 1) - Math.max(i - radius, 0) + 1);
	return Float64Array.from({ length }, share);
}

function slideDown(sums: Float64Array, entering: Float32Array, leaving: Float32Array): void {
	for (let x = 0; x < sums.length; x++) sums[x]! += entering[x]! - leaving[x]!;
}
