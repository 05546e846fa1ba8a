/**
 * Parses an origin or wildcard typed by the operator, such as `https://app.example` or `https://*.app.example`; undefined if it is
 * invalid. Only the service knows the public suffixes, so it may still refuse a wildcard.
 */
export function tryParseOriginEntry(text: string): string | undefined {
	// A path is rejected, not removed: an operator who types one intends to allow less than the whole origin.
	const match = /^(https?:\/\/[^/?#@\s]+)\/?$/i.exec(text.trim());
	if (!match?.[1] || !URL.canParse(match[1])) return undefined;
	const { origin } = new URL(match[1]);
	return origin.replace(/^https:\/\/\*\./, '').includes('*') ? undefined : origin;
}
