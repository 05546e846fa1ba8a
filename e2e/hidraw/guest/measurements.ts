/** Returns milliseconds since the machine started, with fractions. The clock is the same in every process. */
export function monotonicMs(): number {
	return Number(process.hrtime.bigint()) / 1e6;
}

/** Formats a duration: `12 ms`. */
export function formatMs(durationMs: number): string {
	return `${durationMs.toFixed(0)} ms`;
}

/** Returns the median, for an even count the upper of the two middle values; NaN for no values. */
export function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
