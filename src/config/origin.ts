/** The longest host name (RFC 1035: 253 characters) fits, with any scheme and port that browsers have. */
const MAX_LENGTH = 300;

/** `scheme://host[:port]` and nothing more: no path, no user, no white space, no wildcard. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\*]+$/i;

/**
 * An origin in the one spelling that a browser sends: lower case, default port left out (RFC 6454, section 6.2).
 *
 * @returns `undefined` for anything else: `null`, a path (also a single `/`), a user name, a port above 65535, more than 300
 *   characters, which no page can have
 */
export function tryParseOrigin(text: string): string | undefined {
	if (text.length > MAX_LENGTH || !ORIGIN.test(text) || !URL.canParse(text)) return undefined;
	const { protocol, host } = new URL(text);
	return host === '' ? undefined : `${protocol}//${host.toLowerCase()}`;
}
