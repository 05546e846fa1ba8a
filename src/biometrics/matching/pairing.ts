import type { Alignment, Pairing } from './alignment.ts';
import { alignMinutia, geometricSimilarity } from './geometric-similarity.ts';
import { localSimilarity } from './local-similarity.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** Weight, 0..1, of an exactly coinciding pair whose descriptors have nothing in common. */
const GEOMETRY_SHARE = 0.25;

/** Pairs the minutiae of two templates under successive alignments, reusing the same arrays. */
export class Pairer implements Pairing {
	readonly weight: number[];
	readonly partner: number[];
	total = 0;

	private readonly a: PreparedTemplate;
	private readonly b: PreparedTemplate;
	private readonly weightOfB: number[];
	private readonly partnerOfB: number[];
	/** Where the last search in `b` began: minutiae are sorted by y, so the next search begins near there. */
	private searchStart = 0;

	constructor(a: PreparedTemplate, b: PreparedTemplate) {
		this.a = a;
		this.b = b;
		this.weight = new Array<number>(a.count).fill(0);
		this.partner = new Array<number>(a.count).fill(0);
		this.weightOfB = new Array<number>(b.count).fill(0);
		this.partnerOfB = new Array<number>(b.count).fill(0);
	}

	/** Pairs the minutiae that coincide: two become partners if each is the other's best choice. */
	pair(alignment: Alignment): void {
		this.weight.fill(0);
		this.weightOfB.fill(0);
		for (let i = 0; i < this.a.count; i++) this.proposePartners(i, alignment);
		this.keepMutual();
	}

	/** Returns whether the last call of `pair` paired the two minutiae. */
	hasPaired(i: number, j: number): boolean {
		return this.weight[i]! > 0 && this.partner[i] === j;
	}

	private proposePartners(i: number, alignment: Alignment): void {
		const { a, b } = this;
		const aligned = alignMinutia(a, i, alignment);
		const end = aligned.y + aligned.tolerance;
		this.searchStart = firstAbove(b.y, aligned.y - aligned.tolerance, this.searchStart);
		for (let j = this.searchStart; j < b.count && b.y[j]! < end; j++) {
			const geometry = geometricSimilarity(aligned, b, j);
			if (geometry > 0)
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
