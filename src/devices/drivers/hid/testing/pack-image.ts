import type { GreyImage } from '../../../../biometrics/worker-engine.ts';

const WHITE = 255;

/**
 * What a simulated sensor, for tests, takes of a picture: its middle, white around it where it is smaller.
 *
 * @param sensor pixels, an even count across
 * @returns two neighbouring pixels of 4 bits in each byte, the left one in the upper half
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
