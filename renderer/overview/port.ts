/** Parses a port that any user may listen on, 1024..65535; undefined if the text is not one. */
export function tryParsePort(text: string): number | undefined {
	const port = /^\d+$/.test(text.trim()) ? Number(text) : 0;
	return port >= 1_024 && port <= 65_535 ? port : undefined;
}
