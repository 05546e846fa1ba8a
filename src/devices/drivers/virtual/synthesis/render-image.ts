import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import { VIRTUAL_DPI, VIRTUAL_HEIGHT, VIRTUAL_WIDTH } from '../image-format.ts';
import type { Random } from './random.ts';
import { smoothNoise } from './smooth-noise.ts';

/** Standard deviation of the noise, grey levels: in light pixels, and the addition in dark pixels. */
const LIGHT_NOISE = 2.2;
const DARK_NOISE = 6;

/** Converts darkness (0..1) to the image of an optical reader: slightly blurred, unevenly lit, noisy, in 256 grey levels. */
export function renderImage(random: Random, darkness: Float32Array): GreyImage {
	const light = smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 150);
	const black = random.between(30, 60);
	const data = new Uint8Array(darkness.length);
	for (let i = 0; i < data.length; i++) {
		const white = 240 + 5 * light[i]!;
		const blurred = blurredAt(darkness, i);
		const noise = (LIGHT_NOISE + DARK_NOISE * blurred) * random.normal();
		data[i] = Math.min(Math.max(Math.round(white + (black - white) * blurred + noise), 0), 255);
	}
	return { width: VIRTUAL_WIDTH, height: VIRTUAL_HEIGHT, dpi: VIRTUAL_DPI, data };
}

/** Returns the mean of a pixel and the mean of its four neighbours. It wraps at the left and right edge, which the noise hides. */
function blurredAt(darkness: Float32Array, i: number): number {
	const own = darkness[i]!;
	const across = (darkness[i - 1] ?? own) + (darkness[i + 1] ?? own);
	const down = (darkness[i - VIRTUAL_WIDTH] ?? own) + (darkness[i + VIRTUAL_WIDTH] ?? own);
	return own / 2 + (across + down) / 8;
}
