/** A duration for a person: `12 ms`. */
export function formatMs(durationMs: number): string {
	return `${durationMs.toFixed(0)} ms`;
}
