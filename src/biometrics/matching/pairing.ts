import type { Alignment, Pairing } from './alignment.ts';
import { alignMinutia, geometricSimilarity } from './geometric-similarity.ts';
import { localSimilarity } from './local-similarity.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** What a pair that meets exactly is worth, out of 1, when its neighbourhoods have nothing in common. */
const GEOMETRY_SHARE = 0.25;

/** Pairs the minutiae of two templates under one alignment after the other, always into the same arrays. */
export class Pairer implements Pairing {
	readonly weight: number[];
	readonly partner: number[];
	total = 0;

	private readonly a: PreparedTemplate;
	private readonly b: PreparedTemplate;
	private readonly weightOfB: number[];
	private readonly partnerOfB: number[];
	/** Where the last search in `b` ended: minutiae come in order of y, so the next one ends not far from there. */
	private searchStart = 0;

	constructor(a: PreparedTemplate, b: PreparedTemplate) {
		this.a = a;
		this.b = b;
		this.weight = new Array<number>(a.count).fill(0);
		this.partner = new Array<number>(a.count).fill(0);
		this.weightOfB = new Array<number>(b.count).fill(0);
		this.partnerOfB = new Array<number>(b.count).fill(0);
	}

	/** Pair the minutiae that meet: two become partners if each is the other's best choice. */
	pair(alignment: Alignment): void {
		this.weight.fill(0);
		this.weightOfB.fill(0);
		for (let i = 0; i < this.a.count; i++) this.proposePartners(i, alignment);
		this.keepMutual();
	}

	/** Whether the last call of `pair` made partners of the two. */
	hasPaired(i: number, j: number): boolean {
		return this.weight[i]! > 0 && this.partner[i] === j;
	}

	private proposePartners(i: number, alignment: Alignment): void {
		const { a, b } = this;
		const laid = alignMinutia(a, i, alignment);
		const end = laid.y + laid.tolerance;
		this.searchStart = firstAbove(b.y, laid.y - laid.tolerance, this.searchStart);
		for (let j = this.searchStart; j < b.count && b.y[j]! < end; j++) {
			const close = geometricSimilarity(laid, b, j);
			if (close > 0) this.propose(i, j, close * (GEOMETRY_SHARE + (1 - GEOMETRY_SHARE) * localSimilarity(a, i, b, j)));
		}
	}

	private propose(i: number, j: number, worth: number): void {
		if (worth > this.weight[i]!) {
			this.weight[i] = worth;
			this.partner[i] = j;
		}
		if (worth > this.weightOfB[j]!) {
			this.weightOfB[j] = worth;
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

/** Index of the first value of an ascending array that is above `limit`, looked for from a place nearby. */
function firstAbove(values: Float64Array, limit: number, nearby: number): number {
	let index = nearby;
	while (index > 0 && values[index - 1]! > limit) index--;
	while (index < values.length && values[index]! <= limit) index++;
	return index;
}
