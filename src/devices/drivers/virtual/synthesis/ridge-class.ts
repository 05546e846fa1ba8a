import type { Random } from './random.ts';

/** Finger coordinates: pixels at 500 dpi from the centre of the pad, x to the right, y down towards the palm. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** A singular point around which ridges turn back. */
export interface Core extends Point {
	/** Direction from the core to its tip, radians counter-clockwise from the positive x axis. */
	readonly tip: number;
	/** How sharply the ridges turn, 0..1: 0 distributes the turn evenly around the core, 1 makes the legs behind it parallel. */
	readonly tightness: number;
}

/** The pattern class of a finger: a loop has one core and one delta, a whorl two of each, an arch none. */
export interface RidgeClass {
	readonly name: 'arch' | 'tented-arch' | 'left-loop' | 'right-loop' | 'whorl';
	readonly cores: readonly Core[];
	/** Singular points where three ridge directions meet. */
	readonly deltas: readonly Point[];
	/** Height of an arch, pixels; 0 for loops and whorls. */
	readonly archHeight: number;
}

/**
 * Chooses a class with its natural frequency; 93 % of the loops open towards the little finger.
 *
 * @see C. Wilson, G. Candela, C. Watson, "Neural network fingerprint classification", Journal of Artificial Neural
 * Networks 1 (1994)
 */
export function chooseRidgeClass(random: Random, finger: number): RidgeClass {
	const share = random.next();
	const core = { x: random.between(-15, 15), y: random.between(-35, 5) };
	// Arch 3.7 %, tented arch 2.9 %, whorl 27.9 %, the others are loops.
	if (share < 0.037) return { name: 'arch', cores: [], deltas: [], archHeight: random.between(40, 65) };
	if (share < 0.066) return createTentedArch(random, core);
	if (share < 0.345) return createWhorl(random, core);
	const isRightHand = finger <= 5;
	const opensToLittleFinger = random.next() < 0.93;
	return createLoop(random, core, isRightHand === opensToLittleFinger ? 'right-loop' : 'left-loop');
}

function createTentedArch(random: Random, core: Point): RidgeClass {
	const delta = { x: core.x + random.between(-6, 6), y: core.y + random.between(45, 75) };
	const tip = Math.PI / 2;
	return { name: 'tented-arch', cores: [{ ...core, tip, tightness: 0.5 }], deltas: [delta], archHeight: 25 };
}

function createWhorl(random: Random, core: Point): RidgeClass {
	const upper = { ...core, tip: Math.PI / 2, tightness: 0.3 };
	const lower = {
		x: core.x + random.between(-15, 15),
		y: core.y + random.between(14, 60),
		tip: -Math.PI / 2,
		tightness: 0.3,
	};
	const deltas = [placeDelta(random, core, -1), placeDelta(random, core, 1)];
	return { name: 'whorl', cores: [upper, lower], deltas, archHeight: 0 };
}

/** A right loop opens to the right of the image; its delta is on the left. */
function createLoop(random: Random, core: Point, name: 'left-loop' | 'right-loop'): RidgeClass {
	const side = name === 'right-loop' ? -1 : 1;
	const tip = Math.PI / 2 - side * random.between(0.3, 0.7);
	const deltas = [placeDelta(random, core, side)];
	return { name, cores: [{ ...core, tip, tightness: 0.6 }], deltas, archHeight: 0 };
}

/** @param side -1 left, 1 right of the core */
function placeDelta(random: Random, core: Point, side: number): Point {
	return { x: core.x + side * random.between(85, 135), y: core.y + random.between(95, 150) };
}
