import { tryParseOrigin } from '../config/origin.ts';

/** Names by which a page of this machine may reach the service. Anything else in `Host` smells of DNS rebinding. */
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

const HOST_HEADER = /^(?<name>\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]]+)(?::(?<port>\d{1,5}))?$/i;

/**
 * Whether a page from this origin was served by this machine: http or https from `localhost`, `*.localhost`
 * (RFC 6761, section 6.3), 127.0.0.0/8 or `[::1]`, on any port.
 */
export function isLoopbackOrigin(origin: string): boolean {
	const [scheme, host = ''] = (tryParseOrigin(origin) ?? '').split('://');
	if (scheme !== 'http' && scheme !== 'https') return false;
	const name = host.replace(/:\d+$/, '');
	return name === '[::1]' || /^(?:.+\.)?localhost$/.test(name) || /^127(?:\.\d+){3}$/.test(name);
}

/**
 * Whether the `Origin` header of a handshake lets the connection in.
 *
 * @param origin undefined = a native program, which is let in: its key decides
 * @param allowed origins the operator allows besides loopback; compared as browsers spell them
 * @returns false for `null`, the origin of sandboxed frames and local files
 */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
	if (origin === undefined) return true;
	return isLoopbackOrigin(origin) || isOriginListed(origin, allowed);
}

/** Whether `origin` is one of `listed`, whichever way the two are spelled. */
export function isOriginListed(origin: string, listed: readonly string[]): boolean {
	const spelled = tryParseOrigin(origin);
	return spelled !== undefined && listed.some((entry) => tryParseOrigin(entry) === spelled);
}

/**
 * Whether the `Host` header names this machine: localhost, 127.0.0.1, [::1] or a configured name, with any port.
 *
 * @param hostHeader as received; missing or malformed is refused
 * @param allowedHosts names or addresses without a port; IPv6 with or without brackets
 */
export function isHostAllowed(hostHeader: string | undefined, allowedHosts: readonly string[]): boolean {
	const { name, port = '0' } = HOST_HEADER.exec(hostHeader ?? '')?.groups ?? {};
	if (name === undefined || Number(port) > 65_535) return false;
	return [...LOOPBACK_HOSTS, ...allowedHosts.map(bracketed)].includes(name.toLowerCase());
}

/** A configured host as a `Host` header spells it. */
function bracketed(host: string): string {
	const name = host.toLowerCase();
	return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}
