/** Pauses before a reader or driver that has failed is tried again, ms; after these the longest one repeats. */
export const RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;
const LONGEST_DELAY_MS = 30_000;

/** What has worked for so long, ms, starts counting its failures anew. */
export const STEADY_MS = 60_000;

/** The pause after so many failures in a row, from 1 on, ms. */
export function retryDelayMs(failures: number): number {
	return RETRY_DELAYS_MS[failures - 1] ?? LONGEST_DELAY_MS;
}
