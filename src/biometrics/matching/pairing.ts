import type { Alignment, Pairing } from './alignment.ts';
import { Distortion } from './distortion.ts';
import { type AlignedMinutia, alignMinutia, geometricSimilarity } from './geometric-similarity.ts';
import { localSimilarity } from './local-similarity.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** Weight, 0..1, of an exactly coinciding pair whose descriptors have nothing in common. */
const GEOMETRY_SHARE = 0.25;

/** Pairs the minutiae of two templates under successive alignments, reusing the same arrays. */
export class Pairer implements Pairing {
	readonly weight: Float64Array;
	readonly partner: Int32Array;
	total = 0;

	private readonly a: PreparedTemplate;
	private readonly b: PreparedTemplate;
	private readonly weightOfB: Float64Array;
	private readonly partnerOfB: Int32Array;
	/** Where the last search in `b` began: minutiae are sorted by y, so the next search begins near there. */
	private searchStart = 0;

	constructor(a: PreparedTemplate, b: PreparedTemplate) {
		this.a = a;
		this.b = b;
		this.weight = new Float64Array(a.count);
		this.partner = new Int32Array(a.count);
		this.weightOfB = new Float64Array(b.count);
		this.partnerOfB = new Int32Array(b.count);
	}

	/** Pairs the minutiae that coincide: two become partners if each is the other's best choice. */
	pair(alignment: Alignment): void {
		this.pairAligned((i) => alignMinutia(this.a, i, alignment));
	}

	/** Pairs the minutiae again, moved by the distortion that the last call of `pair` found, and with less tolerance. */
	pairDistorted(alignment: Alignment): void {
		const distortion = new Distortion(this.a, this.b, alignment, this);
		this.pairAligned((i) => distortion.align(i));
	}

	/** Returns whether the last call of `pair` paired the two minutiae. */
	hasPaired(i: number, j: number): boolean {
		return this.weight[i]! > 0 && this.partner[i] === j;
	}

	/** Sum of the weights of the pairs, each times the confidence in its two minutiae (geometric mean). */
	confidentTotal(): number {
		const { a, b, weight, partner } = this;
		let total = 0;
		for (let i = 0; i < a.count; i++) {
			if (weight[i] === 0) continue;
			total += weight[i]! * Math.sqrt(a.confidence[i]! * b.confidence[partner[i]!]!);
		}
		return total;
	}

	private pairAligned(align: (i: number) => AlignedMinutia): void {
		this.weight.fill(0);
		this.weightOfB.fill(0);
		for (let i = 0; i < this.a.count; i++) this.proposePartners(i, align(i));
		this.keepMutual();
	}

	private proposePartners(i: number, aligned: AlignedMinutia): void {
		const { a, b } = this;
		const end = aligned.y + aligned.tolerance;
		this.searchStart = firstAbove(b.y, aligned.y - aligned.tolerance, this.searchStart);
		for (let j = this.searchStart; j < b.count && b.y[j]! < end; j++) {
			const geometry = geometricSimilarity(aligned, b, j);
			// The weight is at most the geometric similarity, which is much faster to compute than the local one.
			if (geometry <= this.weight[i]! && geometry <= this.weightOfB[j]!) continue;
			this.propose(i, j, geometry * (GEOMETRY_SHARE + (1 - GEOMETRY_SHARE) * localSimilarity(a, i, b, j)));
		}
	}

	private propose(i: number, j: number, weight: number): void {
		if (weight > this.weight[i]!) {
			this.weight[i] = weight;
			this.partner[i] = j;
		}
		if (weight > this.weightOfB[j]!) {
			this.weightOfB[j] = weight;
			this.partnerOfB[j] = i;
		}
	}

	private keepMutual(): void {
		this.total = 0;
		for (let i = 0; i < this.a.count; i++) {
			if (this.weight[i]! > 0 && this.partnerOfB[this.partner[i]!] !== i) this.weight[i] = 0;
			this.total += this.weight[i]!;
		}
	}
}

/** Returns the index of the first value above `limit` in an ascending array; the search begins at index `start`. */
function firstAbove(values: Float64Array, limit: number, start: number): number {
	let index = start;
	while (index > 0 && values[index - 1]! > limit) index--;
	while (index < values.length && values[index]! <= limit) index++;
	return index;
}
