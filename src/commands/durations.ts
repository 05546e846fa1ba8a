const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Converts `45s`, `30m`, `12h` or `90d` to milliseconds. Returns `undefined` for any other text and for zero. */
export function tryParseDuration(text: string): number | undefined {
	const { count, unit } = /^(?<count>\d{1,6})(?<unit>[smhd])$/.exec(text)?.groups ?? {};
	const durationMs = Number(count) * (UNITS_MS[unit ?? ''] ?? 0);
	return durationMs > 0 ? durationMs : undefined;
}
