/**
 * The order in which to lay scans over one another: first the one most similar to all others together, then always the one
 * most similar to any that is there.
 *
 * @param scores similarity of each scan to each, symmetric; 0 on the diagonal
 * @param leastScore what every scan after the first must reach with one before it
 * @returns the index of every scan; `undefined` if one does not reach that score
 */
export function orderByScore(scores: readonly (readonly number[])[], leastScore: number): number[] | undefined {
	const totals = scores.map((row) => row.reduce((sum, score) => sum + score, 0));
	const order: number[] = [];
	let nearness = totals;
	while (order.length < scores.length) {
		const next = nearness.indexOf(Math.max(...nearness));
		if (order.length > 0 && nearness[next]! < leastScore) return undefined;
		order.push(next);
		nearness = scores.map((row, scan) => (order.includes(scan) ? -1 : Math.max(...order.map((laid) => row[laid]!))));
	}
	return order;
}
