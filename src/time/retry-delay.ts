/** Delays before a failed reader or driver is retried, ms; then the longest one repeats. */
export const RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;
const LONGEST_DELAY_MS = 30_000;

/** Time without a failure after which the count of failures starts again, ms. */
export const FAILURE_COUNT_RESET_MS = 60_000;

/** Returns the delay after a number of consecutive failures, 1.., in ms. */
export function retryDelayMs(failures: number): number {
	return RETRY_DELAYS_MS[failures - 1] ?? LONGEST_DELAY_MS;
}
