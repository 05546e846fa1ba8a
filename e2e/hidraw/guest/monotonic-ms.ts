/** Milliseconds since the machine started, with fractions: the same in every process, so that moments can be compared. */
export function monotonicMs(): number {
	return Number(process.hrtime.bigint()) / 1e6;
}
