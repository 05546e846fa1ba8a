import { getDomain } from 'tldts';

/** Longest origin, characters: fits the longest host name (253, RFC 1035) with any scheme and port that browsers use. */
const MAX_LENGTH = 300;

/** `scheme://host[:port]` without path, user, white space or wildcard. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\*]+$/i;

const WILDCARD = /^https:\/\/\*\.(?<rest>.+)$/i;

/** At least two labels, none of them empty, so no trailing dot. */
const DOMAIN = /^[^.]+(?:\.[^.]+)+$/;

/** Describes what `tryParseOriginPattern` accepts, to follow "an origin" or "a list of origins". */
export const ORIGIN_PATTERN_ALLOWED =
	'without a path, such as https://app.example or https://*.app.example; no wildcard for a public suffix such as com or github.io';

/**
 * Normalises an origin to the form that browsers send: lower case, without a default port (RFC 6454, section 6.2).
 *
 * @returns `undefined` for anything else: `null`, a path (even a single `/`), a user name, a port above 65535, a wildcard, or more than
 *   300 characters
 */
export function tryParseOrigin(text: string): string | undefined {
	if (text.length > MAX_LENGTH || !ORIGIN.test(text) || !URL.canParse(text)) return undefined;
	const { protocol, host } = new URL(text);
	return host === '' ? undefined : `${protocol}//${host.toLowerCase()}`;
}

/**
 * Normalises what an operator or administrator may choose: an origin, or `https://*.host[:port]` for every origin below a host.
 *
 * @returns `undefined` also for a wildcard below a public suffix (com, co.uk, github.io, one label), which has many owners
 */
export function tryParseOriginPattern(text: string): string | undefined {
	const pattern = normaliseOriginPattern(text);
	if (pattern === undefined || !pattern.includes('*')) return pattern;
	// `null` for a public suffix, and for an address, which has no names below it.
	return getDomain(new URL(pattern.replace('*.', '')).hostname, { allowPrivateDomains: true }) === null
		? undefined
		: pattern;
}

/**
 * Normalises as `tryParseOriginPattern` does but accepts public suffixes, for patterns that were chosen earlier: the list of public
 * suffixes grows, and a key that is stored already must stay readable.
 */
export function normaliseOriginPattern(text: string): string | undefined {
	const { rest } = WILDCARD.exec(text)?.groups ?? {};
	if (rest === undefined) return tryParseOrigin(text);
	const base = text.length > MAX_LENGTH ? undefined : tryParseOrigin(`https://${rest}`);
	return base !== undefined && DOMAIN.test(new URL(base).hostname) ? base.replace('://', '://*.') : undefined;
}

/**
 * Returns whether a pattern covers an origin: they are equal, or the origin has one or more labels in place of the wildcard, and the
 * same port. Both must be normalised.
 */
export function coversOrigin(pattern: string, origin: string): boolean {
	const [scheme = '', end] = pattern.split('*');
	if (end === undefined) return pattern === origin;
	return origin.length > scheme.length + end.length && origin.startsWith(scheme) && origin.endsWith(end);
}
