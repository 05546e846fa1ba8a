/**
 * Returns a generator of pseudo-random numbers, 0 <= number < 1, the same for the same seed, so that a benchmark is repeatable.
 *
 * @see D. E. Knuth, "The Art of Computer Programming", volume 2, section 3.3.4, for the linear congruential generator
 */
export function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
