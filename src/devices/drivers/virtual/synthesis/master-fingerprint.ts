import type { FloatImage } from '../../../../biometrics/worker-engine.ts';
import { growRidges, type RidgeFlow } from './grow-ridges.ts';
import { ridgeDirectionAt } from './orientation-field.ts';
import { Random } from './random.ts';
import { chooseRidgeClass } from './ridge-class.ts';
import { markSkin } from './skin-marks.ts';
import { smoothNoise } from './smooth-noise.ts';

/** Size of a master fingerprint at 500 dpi, pixels: most of the finger pad. Its centre is the origin of finger coordinates. */
const MASTER_WIDTH = 360;
const MASTER_HEIGHT = 480;

/**
 * Grows the master fingerprint, the skin of the whole finger pad: -1 = middle of a valley, 1 = middle of a ridge. It is always
 * the same for the same person and finger. Takes about 80 ms.
 */
export function growMaster(person: number, finger: number): FloatImage {
	const random = new Random(person, finger);
	const master = upsample(growRidges(random, createFlow(random, finger)));
	markSkin(random, master);
	return master;
}

/** Creates the ridge flow at 250 dpi, which needs a quarter of the pixels and kernels of a quarter of the size. */
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

/** Doubles width and height by cubic interpolation between rows, then between columns. */
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

/** Returns the Catmull-Rom interpolation halfway between the value at `at` and the next value. */
function halfway(data: Float32Array, at: number, step: number): number {
	const here = data[at]!;
	const next = data[at + step] ?? here;
	const outer = (data[at - step] ?? here) + (data[at + 2 * step] ?? next);
	return (9 * (here + next) - outer) / 16;
}
