/** The origin that an operator has typed, such as `https://app.example`; undefined where the text is none. */
export function tryParseOriginEntry(text: string): string | undefined {
	// A path is refused rather than cut off: whoever types one means to allow less than the whole origin.
	const match = /^(https?:\/\/[^/?#@\s]+)\/?$/i.exec(text.trim());
	if (!match?.[1] || !URL.canParse(match[1])) return undefined;
	return new URL(match[1]).origin;
}
