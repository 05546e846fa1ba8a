const ROUNDS = 7;

/**
 * How long a fixed piece of ordinary work takes here, ms: the best of several rounds, as other processes disturb each.
 * The quotient of two machines says how many times slower one is.
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
