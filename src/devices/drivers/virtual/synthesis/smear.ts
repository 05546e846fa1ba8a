import { VIRTUAL_HEIGHT, VIRTUAL_WIDTH } from '../image-format.ts';
import type { Random } from './random.ts';
import { smoothNoise, smoothStep } from './smooth-noise.ts';

/** Ink is gathered at so many points along the way. */
const STOPS = 9;

/** The finger slides in one direction while it is read: parts of the print smear, up to `slide` pixels, others hold. */
export function smear(random: Random, ink: Float32Array, slide: number): Float32Array {
	const looseness = smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 90);
	const direction = random.between(0, 2 * Math.PI);
	const stepX = (slide * Math.cos(direction)) / STOPS;
	const stepY = (slide * Math.sin(direction)) / STOPS;
	return ink.map((_, i) => {
		const reach = smoothStep(0.9 + 0.8 * looseness[i]!);
		const x = i % VIRTUAL_WIDTH;
		const y = Math.floor(i / VIRTUAL_WIDTH);
		let sum = 0;
		for (let stop = 0; stop < STOPS; stop++) {
			sum += darknessAt(ink, Math.round(x + reach * stop * stepX), Math.round(y + reach * stop * stepY));
		}
		return sum / STOPS;
	});
}

function darknessAt(ink: Float32Array, x: number, y: number): number {
	const isOnSensor = x >= 0 && x < VIRTUAL_WIDTH && y >= 0 && y < VIRTUAL_HEIGHT;
	return isOnSensor ? ink[y * VIRTUAL_WIDTH + x]! : 0;
}
