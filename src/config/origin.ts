/** Longest origin, characters: fits the longest host name (253, RFC 1035) with any scheme and port that browsers use. */
const MAX_LENGTH = 300;

/** `scheme://host[:port]` without path, user, white space or wildcard. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\*]+$/i;

/**
 * Normalises an origin to the form that browsers send: lower case, without a default port (RFC 6454, section 6.2).
 *
 * @returns `undefined` for anything else: `null`, a path (even a single `/`), a user name, a port above 65535, or more than 300
 *   characters
 */
export function tryParseOrigin(text: string): string | undefined {
	if (text.length > MAX_LENGTH || !ORIGIN.test(text) || !URL.canParse(text)) return undefined;
	const { protocol, host } = new URL(text);
	return host === '' ? undefined : `${protocol}//${host.toLowerCase()}`;
}
