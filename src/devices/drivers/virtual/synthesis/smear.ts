import { mapValues } from '../../../../biometrics/worker-engine.ts';
import { VIRTUAL_HEIGHT, VIRTUAL_WIDTH } from '../image-format.ts';
import type { Random } from './random.ts';
import { smoothNoise, smoothStep } from './smooth-noise.ts';

/** Number of samples along the path of a pixel. */
const SAMPLES = 9;

/** What a sliding finger leaves: ridges where it first touched, the same ridges where it stopped, and a trail between; the sum is 1. */
const SHARES = { first: 0.45, last: 0.25, trail: 0.3 } as const;

/** Rotation of the finger while it slides, radians. It prevents that all ridges run in the direction of the slide and stay clear. */
const TWIST = { min: 0.03, max: 0.08 } as const;

/**
 * Smears and doubles the ridges of a finger that slides and twists during the capture. Small parts of the skin stick to the glass and
 * stay clear.
 *
 * @param slide mean length of the slide, pixels
 */
export function smear(random: Random, darkness: Float32Array, slide: number): Float32Array {
	const looseness = smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 70);
	const direction = random.between(0, 2 * Math.PI);
	const length = slide * random.between(0.75, 1.2);
	const twist = random.between(TWIST.min, TWIST.max) * (random.next() < 0.5 ? -1 : 1);
	return mapValues(darkness, (own, i) => {
		const share = smoothStep(1.4 + looseness[i]!);
		const x = i % VIRTUAL_WIDTH;
		const y = Math.floor(i / VIRTUAL_WIDTH);
		const stepX = (length * Math.cos(direction) - twist * (y - VIRTUAL_HEIGHT / 2)) / (SAMPLES - 1);
		const stepY = (length * Math.sin(direction) + twist * (x - VIRTUAL_WIDTH / 2)) / (SAMPLES - 1);
		let sum = 0;
		let last = own;
		for (let sample = 0; sample < SAMPLES; sample++) {
			last = darknessAt(darkness, Math.round(x + sample * stepX), Math.round(y + sample * stepY));
			sum += last;
		}
		const smeared = SHARES.first * own + SHARES.last * last + (SHARES.trail * sum) / SAMPLES;
		return own + share * (smeared - own);
	});
}

function darknessAt(darkness: Float32Array, x: number, y: number): number {
	const isInside = x >= 0 && x < VIRTUAL_WIDTH && y >= 0 && y < VIRTUAL_HEIGHT;
	return isInside ? darkness[y * VIRTUAL_WIDTH + x]! : 0;
}
