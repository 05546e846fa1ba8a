import type { OriginDecisions } from '../../access/origin-decisions.ts';
import { isHostAllowed, isOriginListed } from '../../access/origins.ts';
import { tryParseOrigin } from '../../config/origin.ts';
import { pathOf, type RequestSource, targetHostOf } from './request-target.ts';

type OriginPolicy = Pick<OriginDecisions, 'isAllowed' | 'noteRefused' | 'blocked'>;

/** The settings that decide whether a handshake is accepted. */
export interface HandshakePolicy {
	readonly allowedHosts: readonly string[];
	readonly origins: OriginPolicy;
}

/** An HTTP status, and one line of plain text that states what to do. */
export interface Refusal {
	readonly status: 400 | 403 | 404 | 503;
	readonly reason: string;
}

const WEBSOCKET_PATHS = ['/', '/ws'];

/** Returns why a WebSocket handshake is refused; `undefined` = it is accepted. Puts an undecided origin before the operator. */
export function checkHandshake(request: RequestSource, policy: HandshakePolicy): Refusal | undefined {
	const { target, origin } = request;
	const wrongHost = checkHost(request, policy.allowedHosts);
	if (wrongHost !== undefined) return wrongHost;
	const wrongOrigin = checkOrigin(origin, policy.origins);
	if (wrongOrigin !== undefined) {
		if (origin !== undefined && standingOf(origin, policy.origins) === 'pending') policy.origins.noteRefused(origin);
		return wrongOrigin;
	}
	if (!WEBSOCKET_PATHS.includes(pathOf(target))) return { status: 404, reason: 'The WebSocket is at / and at /ws' };
	return undefined;
}

/** Returns why a request is refused because of the hosts that it names (DNS rebinding); `undefined` = they are accepted. */
export function checkHost(
	{ target, hosts }: Pick<RequestSource, 'target' | 'hosts'>,
	allowedHosts: readonly string[],
): Refusal | undefined {
	if (hosts.length > 1) return { status: 400, reason: 'The request has more than one Host header; send one' };
	const targetHost = targetHostOf(target);
	const named = targetHost === undefined ? [hosts[0]] : [hosts[0], targetHost];
	if (named.every((host) => isHostAllowed(host, allowedHosts))) return undefined;
	return { status: 403, reason: 'This host name is not allowed; use localhost, or add it to server.allowedHosts' };
}

/** Returns why a request is refused because of its origin; `undefined` = it is accepted. */
export function checkOrigin(origin: string | undefined, origins: OriginPolicy): Refusal | undefined {
	if (origin === undefined) return undefined;
	const standing = standingOf(origin, origins);
	if (standing === 'allowed') return undefined;
	const advice =
		standing === 'unusable'
			? ': serve the page from a web server, such as http://localhost:3000, because pages opened from a file and sandboxed frames have no origin'
			: '; the operator can add it to server.allowedOrigins';
	return { status: 403, reason: `Origin ${origin} is not allowed${advice}` };
}

/**
 * Returns how the operator has decided about an origin: `pending` = not yet; `unusable` = nothing that could be allowed, such as
 * `null` (sandboxed frames and, in most browsers, local files) and `file://`.
 */
export function standingOf(origin: string, origins: OriginPolicy): 'allowed' | 'blocked' | 'pending' | 'unusable' {
	const normalised = tryParseOrigin(origin);
	if (normalised === undefined || normalised.startsWith('file:')) return 'unusable';
	if (origins.isAllowed(normalised)) return 'allowed';
	return isOriginListed(normalised, origins.blocked) ? 'blocked' : 'pending';
}
