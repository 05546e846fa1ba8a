import { type Alignment, laidX, laidY } from './match-alignment.ts';
import { angleBetween } from './match-angle.ts';
import type { Likeness } from './match-likeness.ts';
import type { MinutiaArrays } from './match-template.ts';

/** Which minutiae of two aligned templates are taken for the same. */
export interface Pairing {
	/** For each minutia of the first template the index of its partner in the second, or -1. */
	readonly partner: Int16Array;
	/** How well each agrees with its partner, 0..1; 0 without one. */
	readonly weight: Float64Array;
	/** Sum of the weights. */
	readonly total: number;
}

/** The best offer that each minutia of one template has had so far. */
interface Choices {
	readonly partner: Int16Array;
	readonly weight: Float64Array;
}

/** Pixels by which partners may miss each other at the centre of the alignment ... */
const TOLERANCE = 9;
/** ... and how much more for each pixel away from it. */
const STRETCH = 0.055;
/** Radians by which the directions of partners may differ. */
const ANGLE_TOLERANCE = 0.5;
/** What a pair in the same place and direction is worth, out of 1, when its neighbourhoods have nothing in common. */
const BARE_WORTH = 0.23;

/** Pair the minutiae that lie on each other: two become partners if each is the other's best choice. */
export function pairMinutiae(a: MinutiaArrays, b: MinutiaArrays, alignment: Alignment, likeness: Likeness): Pairing {
	const choicesOfA = noChoices(a.count);
	const choicesOfB = noChoices(b.count);
	for (let i = 0; i < a.count; i++) {
		const x = laidX(alignment, a.x[i]!, a.y[i]!);
		const y = laidY(alignment, a.x[i]!, a.y[i]!);
		const angle = a.angle[i]! + alignment.rotation;
		const tolerance = TOLERANCE + STRETCH * Math.hypot(x - alignment.centreX, y - alignment.centreY);
		for (let j = firstAbove(b.y, y - tolerance); j < b.count && b.y[j]! < y + tolerance; j++) {
			const dx = (x - b.x[j]!) / tolerance;
			const dy = (y - b.y[j]!) / tolerance;
			const turned = angleBetween(angle, b.angle[j]!) / ANGLE_TOLERANCE;
			const worth = pairWorth(dx * dx + dy * dy, turned * turned, likeness.values[i * b.count + j]!);
			offer(choicesOfA, i, j, worth);
			offer(choicesOfB, j, i, worth);
		}
	}
	return keepMutual(choicesOfA, choicesOfB);
}

function noChoices(count: number): Choices {
	return { partner: new Int16Array(count).fill(-1), weight: new Float64Array(count) };
}

/** 0..1, 0 outside the tolerances. */
function pairWorth(distanceSquared: number, turnedSquared: number, likeness: number): number {
	if (distanceSquared >= 1 || turnedSquared >= 1) return 0;
	return (1 - (distanceSquared + turnedSquared) / 2) * (BARE_WORTH + (1 - BARE_WORTH) * likeness);
}

function offer(choices: Choices, chooser: number, partner: number, worth: number): void {
	if (worth <= choices.weight[chooser]!) return;
	choices.weight[chooser] = worth;
	choices.partner[chooser] = partner;
}

function keepMutual({ partner, weight }: Choices, others: Choices): Pairing {
	let total = 0;
	for (let i = 0; i < partner.length; i++) {
		if (partner[i]! >= 0 && others.partner[partner[i]!] !== i) {
			partner[i] = -1;
			weight[i] = 0;
		}
		total += weight[i]!;
	}
	return { partner, weight, total };
}

/** Index of the first value of an ascending array that is above `limit`. */
function firstAbove(values: Float64Array, limit: number): number {
	let low = 0;
	let high = values.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (values[middle]! > limit) high = middle;
		else low = middle + 1;
	}
	return low;
}
