import { coversOrigin, normaliseOriginPattern, tryParseOrigin } from '../config/origin.ts';

/** Host names of this computer. Any other name in `Host` suggests DNS rebinding. */
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

const HOST_HEADER = /^(?<name>\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]]+)(?::(?<port>\d{1,5}))?$/i;

/**
 * Returns whether a page of this origin was served by this computer: http or https from `localhost`, `*.localhost`
 * (RFC 6761, section 6.3), 127.0.0.0/8 or `[::1]`, on any port.
 */
export function isLoopbackOrigin(origin: string): boolean {
	const [scheme, host = ''] = (tryParseOrigin(origin) ?? '').split('://');
	if (scheme !== 'http' && scheme !== 'https') return false;
	const name = host.replace(/:\d+$/, '');
	return name === '[::1]' || /^(?:.+\.)?localhost$/.test(name) || /^127(?:\.\d+){3}$/.test(name);
}

/**
 * Returns whether a connection with this `Origin` header is accepted.
 *
 * @param origin undefined = a native program, which is accepted because it still needs a key
 * @param allowed origins and wildcards besides loopback that the operator allows; compared in normalised form
 * @returns false for `null`, the origin of sandboxed frames and local files
 */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
	if (origin === undefined) return true;
	return isLoopbackOrigin(origin) || isOriginListed(origin, allowed);
}

/** Returns whether `origin` is one of `listed` or covered by a wildcard among them; all are normalised before they are compared. */
export function isOriginListed(origin: string, listed: readonly string[]): boolean {
	const normalised = tryParseOrigin(origin);
	if (normalised === undefined) return false;
	return listed.some((entry) => {
		const pattern = normaliseOriginPattern(entry);
		return pattern !== undefined && coversOrigin(pattern, normalised);
	});
}

/**
 * Returns whether the `Host` header names this computer: localhost, 127.0.0.1, [::1] or a configured name, with any port.
 *
 * @param hostHeader as received; a missing or malformed one is refused
 * @param allowedHosts names or addresses without a port; IPv6 with or without brackets
 */
export function isHostAllowed(hostHeader: string | undefined, allowedHosts: readonly string[]): boolean {
	const { name, port = '0' } = HOST_HEADER.exec(hostHeader ?? '')?.groups ?? {};
	if (name === undefined || Number(port) > 65_535) return false;
	return [...LOOPBACK_HOSTS, ...allowedHosts.map(bracketed)].includes(name.toLowerCase());
}

/** Returns a configured host as it appears in a `Host` header. */
function bracketed(host: string): string {
	const name = host.toLowerCase();
	return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}
