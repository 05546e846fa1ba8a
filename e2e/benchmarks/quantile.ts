/** The value that a share of the values, 0..1, does not exceed; NaN of none. 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
	const ascending = values.toSorted((a, b) => a - b);
	return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}
