import { VIRTUAL_HEIGHT, VIRTUAL_WIDTH } from '../image-format.ts';
import type { Random } from './random.ts';
import { smoothNoise, smoothStep } from './smooth-noise.ts';

/** Number of samples along the path of a pixel. */
const SAMPLES = 9;

/** Smears the image of a finger that slides in one direction during the capture: parts of it by up to `slide` pixels. */
export function smear(random: Random, darkness: Float32Array, slide: number): Float32Array {
	const looseness = smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 90);
	const direction = random.between(0, 2 * Math.PI);
	const stepX = (slide * Math.cos(direction)) / SAMPLES;
	const stepY = (slide * Math.sin(direction)) / SAMPLES;
	return darkness.map((_, i) => {
		const reach = smoothStep(0.9 + 0.8 * looseness[i]!);
		const x = i % VIRTUAL_WIDTH;
		const y = Math.floor(i / VIRTUAL_WIDTH);
		let sum = 0;
		for (let sample = 0; sample < SAMPLES; sample++) {
			sum += darknessAt(darkness, Math.round(x + reach * sample * stepX), Math.round(y + reach * sample * stepY));
		}
		return sum / SAMPLES;
	});
}

function darknessAt(darkness: Float32Array, x: number, y: number): number {
	const isInside = x >= 0 && x < VIRTUAL_WIDTH && y >= 0 && y < VIRTUAL_HEIGHT;
	return isInside ? darkness[y * VIRTUAL_WIDTH + x]! : 0;
}
