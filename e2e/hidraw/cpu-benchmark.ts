const ROUNDS = 7;

/**
 * Measures how long a fixed amount of CPU work takes, ms. It returns the fastest of several rounds, because other processes
 * slow some rounds down. The ratio of two machines' results is how many times slower one of them is.
 */
export function measureWorkMs(): number {
	return Math.min(...Array.from({ length: ROUNDS }, timeOfWork));
}

function timeOfWork(): number {
	const start = performance.now();
	let seed = 1;
	const rows = Array.from({ length: 20_000 }, (_, index) => {
		seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
		return { index, key: seed.toString(36) };
	});
	rows.sort((a, b) => (a.key < b.key ? -1 : 1));
	JSON.parse(JSON.stringify(rows));
	return performance.now() - start;
}
