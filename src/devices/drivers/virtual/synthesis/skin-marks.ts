import type { FloatImage } from '../../../../biometrics/worker-engine.ts';
import type { Random } from './random.ts';

/** Number of sweat pores on the whole pad; those in valleys are invisible. */
const PORES = 2200;

/** Adds the permanent marks of a finger: pores, and up to three creases. */
export function markSkin(random: Random, ridges: FloatImage): void {
	for (let pore = 0; pore < PORES; pore++) {
		const x = random.between(2, ridges.width - 3);
		const y = random.between(2, ridges.height - 3);
		lowerSkin(ridges, { x, y, radius: random.between(1, 1.9), depth: random.between(0.4, 1.3) });
	}
	const creases = Math.floor(random.between(0, 3.5));
	for (let crease = 0; crease < creases; crease++) cutCrease(random, ridges);
}

/** Adds a thin white line, mostly across the finger, that tapers at both ends. */
function cutCrease(random: Random, ridges: FloatImage): void {
	let x = random.between(0.15, 0.7) * ridges.width;
	let y = random.between(0.25, 0.9) * ridges.height;
	let direction = random.between(-0.7, 0.7);
	const bend = random.between(-0.004, 0.004);
	const length = random.between(30, 150);
	const width = random.between(1.2, 2.6);
	for (let step = 0; step < length; step++) {
		const taper = Math.sin((Math.PI * step) / length);
		lowerSkin(ridges, { x, y, radius: 0.6 + width * taper, depth: 0.9 * taper });
		direction += bend + 0.05 * random.normal();
		x += Math.cos(direction);
		y += Math.sin(direction);
	}
}

/** Lowers the skin around a point, most in the centre. */
function lowerSkin(
	{ width, height, data }: FloatImage,
	{ x, y, radius, depth }: { x: number; y: number; radius: number; depth: number },
): void {
	for (let row = Math.ceil(y - radius); row <= y + radius; row++) {
		for (let column = Math.ceil(x - radius); column <= x + radius; column++) {
			if (row < 0 || row >= height || column < 0 || column >= width) continue;
			const distance = ((column - x) ** 2 + (row - y) ** 2) / radius ** 2;
			if (distance < 1) data[row * width + column]! -= depth * (1 - distance);
		}
	}
}
