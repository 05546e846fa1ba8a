/**
 * Seeded random numbers, the same on every machine: the generator sfc32 ("small fast counter", Chris Doty-Humphrey,
 * PractRand) with 32-bit integers.
 */
export class Random {
	private a = 0x9e3779b9;
	private b = 0x243f6a88;
	private c = 0xb7e15162;
	private counter = 1;

	/** @param seed 32-bit integers; different lists give different numbers */
	constructor(...seed: number[]) {
		for (const part of seed) {
			this.a ^= part;
			for (let round = 0; round < 12; round++) this.bits();
		}
	}

	/** Returns 32 random bits as a signed integer. */
	bits(): number {
		const result = (this.a + this.b + this.counter) | 0;
		this.counter = (this.counter + 1) | 0;
		this.a = this.b ^ (this.b >>> 9);
		this.b = (this.c + (this.c << 3)) | 0;
		this.c = (((this.c << 21) | (this.c >>> 11)) + result) | 0;
		return result;
	}

	/** Returns a uniformly distributed number, 0 <= number < 1. */
	next(): number {
		return (this.bits() >>> 0) / 2 ** 32;
	}

	/** Returns a uniformly distributed number, low <= number < high. */
	between(low: number, high: number): number {
		return low + (high - low) * this.next();
	}

	/** Returns an approximately normal number with mean 0, standard deviation 1 and limits of 3.5: a sum of four bytes. */
	normal(): number {
		const bits = this.bits();
		const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
		return (sum - 510) / 147.8;
	}
}
