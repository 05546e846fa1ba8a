import { SENSOR_HEIGHT, SENSOR_WIDTH } from '../image-format.ts';
import type { Random } from './random.ts';
import { smoothNoise, smoothStep } from './smooth-noise.ts';

/** Ink is gathered at so many points along the way. */
const STOPS = 9;

/** The finger slides in one direction while it is read: parts of the print smear, up to `slide` pixels, others hold. */
export function smear(random: Random, ink: Float32Array, slide: number): Float32Array {
	const looseness = smoothNoise(random, SENSOR_WIDTH, SENSOR_HEIGHT, 90);
	const direction = random.between(0, 2 * Math.PI);
	const stepX = (slide * Math.cos(direction)) / STOPS;
	const stepY = (slide * Math.sin(direction)) / STOPS;
	return ink.map((_, i) => {
		const reach = smoothStep(0.9 + 0.8 * looseness[i]!);
		const x = i % SENSOR_WIDTH;
		const y = Math.floor(i / SENSOR_WIDTH);
		let sum = 0;
		for (let stop = 0; stop < STOPS; stop++) {
			sum += inkAt(ink, Math.round(x + reach * stop * stepX), Math.round(y + reach * stop * stepY));
		}
		return sum / STOPS;
	});
}

function inkAt(ink: Float32Array, x: number, y: number): number {
	const isOnSensor = x >= 0 && x < SENSOR_WIDTH && y >= 0 && y < SENSOR_HEIGHT;
	return isOnSensor ? ink[y * SENSOR_WIDTH + x]! : 0;
}
