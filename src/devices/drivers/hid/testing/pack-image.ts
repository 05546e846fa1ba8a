import type { GreyImage } from '../../../../biometrics/worker-engine.ts';

const WHITE = 255;

/**
 * Crops an image to the size of a simulated sensor, padding a smaller one with white.
 *
 * @param sensor size in pixels; the width must be even
 * @returns two adjacent pixels of 4 bits per byte, the left one in the upper half
 */
export function packImage(
	{ width, height, data }: GreyImage,
	sensor: { readonly width: number; readonly height: number },
): Uint8Array {
	const left = Math.floor((width - sensor.width) / 2);
	const top = Math.floor((height - sensor.height) / 2);
	const levelAt = (i: number): number => {
		const x = left + (i % sensor.width);
		const y = top + Math.floor(i / sensor.width);
		const isInside = x >= 0 && x < width && y >= 0 && y < height;
		return (isInside ? (data[y * width + x] ?? WHITE) : WHITE) >> 4;
	};
	const pairs = (sensor.width * sensor.height) / 2;
	return Uint8Array.from({ length: pairs }, (_, i) => (levelAt(2 * i) << 4) | levelAt(2 * i + 1));
}
