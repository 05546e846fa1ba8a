import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import { VIRTUAL_DPI, VIRTUAL_HEIGHT, VIRTUAL_WIDTH } from '../image-format.ts';
import type { Random } from './random.ts';
import { smoothNoise } from './smooth-noise.ts';

/** Standard deviation of the sensor's noise, grey levels: where it is light, and what dark adds. */
const LIGHT_NOISE = 2.2;
const DARK_NOISE = 6;

/** What the camera behind the glass makes of the ink: slightly blurred, unevenly lit, noisy, in 256 grey levels. */
export function renderImage(random: Random, ink: Float32Array): GreyImage {
	const light = smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 150);
	const black = random.between(30, 60);
	const data = new Uint8Array(ink.length).map((_, i) => {
		const white = 240 + 5 * light[i]!;
		const darkness = blurredAt(ink, i);
		const noise = (LIGHT_NOISE + DARK_NOISE * darkness) * random.normal();
		return Math.min(Math.max(Math.round(white + (black - white) * darkness + noise), 0), 255);
	});
	return { width: VIRTUAL_WIDTH, height: VIRTUAL_HEIGHT, dpi: VIRTUAL_DPI, data };
}

/** Half the pixel's own, half its four neighbours'; the picture's left and right edge wrap, which the noise hides. */
function blurredAt(ink: Float32Array, i: number): number {
	const own = ink[i]!;
	const across = (ink[i - 1] ?? own) + (ink[i + 1] ?? own);
	const down = (ink[i - VIRTUAL_WIDTH] ?? own) + (ink[i + VIRTUAL_WIDTH] ?? own);
	return own / 2 + (across + down) / 8;
}
