import type { FloatImage } from '../../../../biometrics/worker-engine.ts';
import { growRidges, type RidgeFlow } from './grow-ridges.ts';
import { ridgeDirectionAt } from './orientation-field.ts';
import { Random } from './random.ts';
import { chooseRidgeClass } from './ridge-class.ts';
import { markSkin } from './skin-marks.ts';
import { smoothNoise } from './smooth-noise.ts';

/** Size of a master at 500 dpi, pixels: most of the pad. Its middle is the origin of finger coordinates. */
const MASTER_WIDTH = 360;
const MASTER_HEIGHT = 480;

/**
 * The whole pad of one finger as its skin is, before any touch: -1 = middle of a valley, 1 = middle of a ridge.
 * The same for the same numbers; any two fingers differ in everything. About 80 ms.
 */
export function growMaster(person: number, finger: number): FloatImage {
	const random = new Random(person, finger);
	const master = upsample(growRidges(random, createFlow(random, finger)));
	markSkin(random, master);
	return master;
}

/** Ridges grow at 250 dpi: a quarter of the pixels, and kernels a quarter as large. */
function createFlow(random: Random, finger: number): RidgeFlow {
	const width = MASTER_WIDTH / 2;
	const height = MASTER_HEIGHT / 2;
	const ridgeClass = chooseRidgeClass(random, finger);
	const meanPitch = random.between(4.15, 4.85);
	const bend = smoothNoise(random, width, height, 60);
	const stretch = smoothNoise(random, width, height, 50);
	const direction = bend.map((value, i) => {
		const x = 2 * (i % width) - MASTER_WIDTH / 2;
		const y = 2 * Math.floor(i / width) - MASTER_HEIGHT / 2;
		return ridgeDirectionAt(ridgeClass, x, y) + 0.12 * value;
	});
	return { width, height, direction, pitch: stretch.map((value) => meanPitch * (1 + 0.06 * value)) };
}

/** Twice as many pixels each way, by cubic interpolation between rows, then between columns. */
function upsample({ width, height, data }: FloatImage): FloatImage {
	const tall = new Float32Array(2 * data.length);
	for (let i = 0; i < data.length; i++) {
		const x = i % width;
		const row = 2 * (i - x);
		tall[row + x] = data[i]!;
		tall[row + width + x] = halfway(data, i, width);
	}
	const whole = new Float32Array(2 * tall.length);
	for (let i = 0; i < tall.length; i++) {
		whole[2 * i] = tall[i]!;
		whole[2 * i + 1] = halfway(tall, i, 1);
	}
	return { width: 2 * width, height: 2 * height, data: whole };
}

/** Catmull-Rom halfway from the value at `at` to the value one step on. */
function halfway(data: Float32Array, at: number, step: number): number {
	const here = data[at]!;
	const next = data[at + step] ?? here;
	const outer = (data[at - step] ?? here) + (data[at + 2 * step] ?? next);
	return (9 * (here + next) - outer) / 16;
}
