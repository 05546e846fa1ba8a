/**
 * Seeded random numbers, the same on every machine: sfc32 ("small fast counter", Chris Doty-Humphrey, PractRand),
 * 32-bit integers throughout.
 */
export class Random {
	private a = 0x9e3779b9;
	private b = 0x243f6a88;
	private c = 0xb7e15162;
	private counter = 1;

	/** @param seed 32-bit integers; each different list gives numbers of its own */
	constructor(...seed: number[]) {
		for (const part of seed) {
			this.a ^= part;
			for (let round = 0; round < 12; round++) this.bits();
		}
	}

	/** 32 random bits, as a signed integer. */
	bits(): number {
		const result = (this.a + this.b + this.counter) | 0;
		this.counter = (this.counter + 1) | 0;
		this.a = this.b ^ (this.b >>> 9);
		this.b = (this.c + (this.c << 3)) | 0;
		this.c = (((this.c << 21) | (this.c >>> 11)) + result) | 0;
		return result;
	}

	/** 0 <= number < 1, evenly spread. */
	next(): number {
		return (this.bits() >>> 0) / 2 ** 32;
	}

	/** low <= number < high, evenly spread. */
	between(low: number, high: number): number {
		return low + (high - low) * this.next();
	}

	/** Mean 0, standard deviation 1, never past 3.5: the sum of four bytes is near enough to normal for noise. */
	normal(): number {
		const bits = this.bits();
		const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
		return (sum - 510) / 147.8;
	}
}
