/** The middle one of some numbers; of an even count the upper of both. @returns NaN for none */
export function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
