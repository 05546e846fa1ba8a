import type { Alignment, Pairing } from './alignment.ts';
import { type AlignedMinutia, alignMinutia } from './geometric-similarity.ts';
import type { MinutiaArrays } from './minutia-arrays.ts';

/** Distance in pixels at which a pair has a quarter of the influence that it has at its own position. */
const INFLUENCE_RADIUS = 50;
/** Weight of the assumption that there is no distortion, in pairs that coincide exactly. */
const NO_DISTORTION_WEIGHT = 0.5;
/** Distance in pixels at the centre of the alignment within which a corrected minutia can have a partner. */
const TOLERANCE = 8;
/** How much that tolerance grows with each pixel of distance from the centre. */
const TOLERANCE_PER_PIXEL = 0.05;

/**
 * How paired minutiae deviate from an alignment. Skin on the glass is distorted, but smoothly: pairs of the same finger
 * deviate like their neighbours, pairs that coincide by chance do not.
 *
 * The deviation at a position is the weighted mean of those of the pairs, and the weight falls with the distance. A pair
 * does not count at its own position, otherwise it would confirm itself.
 *
 * @see D. Shepard, "A two-dimensional interpolation function for irregularly-spaced data", Proc. 23rd ACM National
 *   Conference, 1968, for the weighting by distance
 */
export class Distortion {
	private readonly a: MinutiaArrays;
	private readonly alignment: Alignment;
	/** For each pair: the index of its minutia in `a`, its weight, the position of that aligned minutia, and the vector to its partner. */
	private readonly index: number[] = [];
	private readonly weight: number[] = [];
	private readonly x: number[] = [];
	private readonly y: number[] = [];
	private readonly shiftX: number[] = [];
	private readonly shiftY: number[] = [];

	constructor(a: MinutiaArrays, b: MinutiaArrays, alignment: Alignment, { weight, partner }: Pairing) {
		this.a = a;
		this.alignment = alignment;
		for (let i = 0; i < a.count; i++) {
			if (weight[i] === 0) continue;
			const { x, y } = alignMinutia(a, i, alignment);
			this.index.push(i);
			this.weight.push(weight[i]!);
			this.x.push(x);
			this.y.push(y);
			this.shiftX.push(b.x[partner[i]!]! - x);
			this.shiftY.push(b.y[partner[i]!]! - y);
		}
	}

	/** Returns minutia `i` after the alignment, moved as the pairs near it are. */
	align(i: number): AlignedMinutia {
		const { x, y, angle, distance } = alignMinutia(this.a, i, this.alignment);
		let sumX = 0;
		let sumY = 0;
		let sum = NO_DISTORTION_WEIGHT;
		for (let k = 0; k < this.index.length; k++) {
			if (this.index[k] === i) continue;
			const dx = (this.x[k]! - x) / INFLUENCE_RADIUS;
			const dy = (this.y[k]! - y) / INFLUENCE_RADIUS;
			const falloff = 1 + dx * dx + dy * dy;
			const influence = this.weight[k]! / (falloff * falloff);
			sumX += influence * this.shiftX[k]!;
			sumY += influence * this.shiftY[k]!;
			sum += influence;
		}
		const tolerance = TOLERANCE + TOLERANCE_PER_PIXEL * distance;
		return { x: x + sumX / sum, y: y + sumY / sum, angle, distance, tolerance };
	}
}
