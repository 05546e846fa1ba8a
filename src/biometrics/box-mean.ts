import { createPlane, type Plane } from './plane.ts';

/** Mean over the square of side `2 * radius + 1` around each pixel, cut off at the edges; running sums, so any radius costs the same. */
export function boxMean(source: Plane, radius: number): Plane {
	return averageColumns(averageRows(source, radius), radius);
}

function averageRows({ width, height, data }: Plane, radius: number): Plane {
	const target = createPlane(width, height);
	for (let row = 0; row < width * height; row += width) {
		let sum = 0;
		for (let x = 0; x < Math.min(radius, width); x++) sum += data[row + x]!;
		for (let x = 0; x < width; x++) {
			if (x + radius < width) sum += data[row + x + radius]!;
			if (x - radius > 0) sum -= data[row + x - radius - 1]!;
			target.data[row + x] = sum / (Math.min(x + radius, width - 1) - Math.max(x - radius, 0) + 1);
		}
	}
	return target;
}

function averageColumns({ width, height, data }: Plane, radius: number): Plane {
	const target = createPlane(width, height);
	const sums = new Float64Array(width);
	for (let y = 0; y < Math.min(radius, height); y++) addRow(sums, data, y * width, 1);
	for (let y = 0; y < height; y++) {
		if (y + radius < height) addRow(sums, data, (y + radius) * width, 1);
		if (y - radius > 0) addRow(sums, data, (y - radius - 1) * width, -1);
		const count = Math.min(y + radius, height - 1) - Math.max(y - radius, 0) + 1;
		for (let x = 0; x < width; x++) target.data[y * width + x] = sums[x]! / count;
	}
	return target;
}

function addRow(sums: Float64Array, data: Float32Array, row: number, sign: 1 | -1): void {
	for (let x = 0; x < sums.length; x++) sums[x]! += sign * data[row + x]!;
}
