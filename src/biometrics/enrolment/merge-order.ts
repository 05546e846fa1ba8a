/**
 * Returns the order in which to merge touches: first the touch with the highest sum of scores, then always the touch with
 * the highest score with any touch before it.
 *
 * @param scores match score of each pair of touches, symmetric; 0 on the diagonal
 * @param minScore the score that every touch after the first must reach with a touch before it
 * @returns the indices of the touches; `undefined` if one does not reach that score
 */
export function orderByScore(scores: readonly (readonly number[])[], minScore: number): number[] | undefined {
	const order: number[] = [];
	let ratings = scores.map((row) => row.reduce((sum, score) => sum + score, 0));
	while (order.length < scores.length) {
		const next = ratings.indexOf(Math.max(...ratings));
		if (order.length > 0 && ratings[next]! < minScore) return undefined;
		order.push(next);
		ratings = scores.map((row, touch) => (order.includes(touch) ? -1 : Math.max(...order.map((i) => row[i]!))));
	}
	return order;
}
