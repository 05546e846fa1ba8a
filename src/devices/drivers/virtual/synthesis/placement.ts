import { createValues } from '../../../../biometrics/worker-engine.ts';
import { VIRTUAL_HEIGHT, VIRTUAL_WIDTH } from '../image-format.ts';
import type { Random } from './random.ts';
import type { SkinCondition } from './skin-condition.ts';
import { smoothNoise, smoothStep } from './smooth-noise.ts';

/** The point of the finger at each pixel of the image. */
export interface Placement {
	/** Finger coordinates, pixels at 500 dpi from the centre of the pad. */
	readonly x: Float32Array;
	readonly y: Float32Array;
	/** Distance from the centre of the contact area; 1 = on its edge. */
	readonly distance: Float32Array;
}

/** The parameters of one placement; lengths in pixels. */
interface Pose {
	readonly turnCos: number;
	readonly turnSin: number;
	readonly shiftX: number;
	readonly shiftY: number;
	/** Centre and semi-axes of the contact area on the finger. */
	readonly contactX: number;
	readonly contactY: number;
	readonly halfWidth: number;
	readonly halfHeight: number;
	/** How far the finger rotates, radians, and moves after its skin sticks to the glass. */
	readonly torsion: number;
	readonly tractionX: number;
	readonly tractionY: number;
}

/** Amplitude of the small random distortions, pixels; their standard deviation is about 0.7 times this. */
const STRETCH = 2.5;

/**
 * Places a finger at a random position and rotation and distorts its skin: the skin in the centre sticks to the glass, the
 * outer skin follows the finger, and the skin in between is sheared. Small random distortions are added.
 *
 * @see R. Cappelli, D. Maio, D. Maltoni, "Modelling plastic distortion in fingerprint images", ICAPR 2001
 */
export function placeFinger(random: Random, skin: SkinCondition): Placement {
	const pose = choosePose(random, skin.contact);
	const placement = {
		x: smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 110),
		y: smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 110),
		distance: createValues(VIRTUAL_WIDTH * VIRTUAL_HEIGHT),
	};
	for (let i = 0; i < placement.distance.length; i++) placePixel(placement, i, pose);
	return placement;
}

/** Computes one pixel of the placement. `x` and `y` initially contain noise, which becomes the small distortions. */
function placePixel({ x, y, distance }: Placement, i: number, pose: Pose): void {
	const right = (i % VIRTUAL_WIDTH) - VIRTUAL_WIDTH / 2 - pose.shiftX;
	const down = Math.floor(i / VIRTUAL_WIDTH) - VIRTUAL_HEIGHT / 2 - pose.shiftY;
	const dx = right * pose.turnCos + down * pose.turnSin - pose.contactX;
	const dy = down * pose.turnCos - right * pose.turnSin - pose.contactY;
	distance[i] = contactDistance(dx, dy, pose);
	const slip = smoothStep((distance[i]! - 0.3) / 0.9);
	x[i] = pose.contactX + dx + slip * (pose.tractionX - pose.torsion * dy) + STRETCH * x[i]!;
	y[i] = pose.contactY + dy + slip * (pose.tractionY + pose.torsion * dx) + STRETCH * y[i]!;
}

function choosePose(random: Random, contact: number): Pose {
	const halfWidth = random.between(118, 136);
	const halfHeight = random.between(145, 172);
	// A small contact area is on one side, because the finger touches with its edge.
	const side = random.next() < 0.5 ? -1 : 1;
	const sideways = side * (1 - contact) * halfWidth * random.between(0.8, 1.4);
	const turn = random.between(-0.26, 0.26);
	return {
		turnCos: Math.cos(turn),
		turnSin: Math.sin(turn),
		shiftX: random.between(-18, 18),
		shiftY: random.between(-22, 22),
		contactX: random.between(-8, 8) + sideways,
		contactY: random.between(-8, 12),
		halfWidth: halfWidth * contact,
		halfHeight: halfHeight * Math.sqrt(contact),
		torsion: random.between(-0.07, 0.07),
		tractionX: random.between(-6, 6),
		tractionY: random.between(-6, 6),
	};
}

/** Returns the distance from the centre of the contact area, which is round at the fingertip and longer towards the palm. */
function contactDistance(dx: number, dy: number, { halfWidth, halfHeight }: Pose): number {
	const u = dx / halfWidth;
	const v = dy / (dy > 0 ? 1.25 * halfHeight : halfHeight);
	return Math.sqrt(u * u + v * v);
}
