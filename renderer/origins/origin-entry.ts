/** Parses an origin typed by the operator, such as `https://app.example`; undefined if it is invalid. */
export function tryParseOriginEntry(text: string): string | undefined {
	// A path is rejected, not removed: an operator who types one intends to allow less than the whole origin.
	const match = /^(https?:\/\/[^/?#@\s]+)\/?$/i.exec(text.trim());
	if (!match?.[1] || !URL.canParse(match[1])) return undefined;
	return new URL(match[1]).origin;
}
