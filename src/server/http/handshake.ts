import type { OriginDecisions } from '../../access/origin-decisions.ts';
import { isHostAllowed } from '../../access/origins.ts';

/** What decides over a handshake, from the settings and the number of connections. */
export interface HandshakePolicy {
	readonly allowedHosts: readonly string[];
	readonly origins: Pick<OriginDecisions, 'isAllowed' | 'noteRefused'>;
	readonly maxConnections: number;
	/** Connections that may wait for their first message at the same time. */
	readonly maxUnauthenticated: number;
}

export interface HandshakeRequest {
	/** Path with query, as in the request line. */
	readonly url: string;
	readonly host: string | undefined;
	readonly origin: string | undefined;
}

export interface Occupancy {
	readonly connections: number;
	readonly unauthenticated: number;
	readonly isStopping: boolean;
}

/** An HTTP status and one line of plain text that says what to do. */
export interface Refusal {
	readonly status: 403 | 404 | 503;
	readonly reason: string;
}

const WEBSOCKET_PATHS = ['/', '/ws'];

/** Why a WebSocket handshake is refused; `undefined` = welcome. */
export function refuseHandshake(
	request: HandshakeRequest,
	policy: HandshakePolicy,
	occupancy: Occupancy,
): Refusal | undefined {
	const foreign = refuseForeign(request, policy);
	if (foreign !== undefined) return foreign;
	if (!WEBSOCKET_PATHS.includes(pathOf(request.url))) {
		return { status: 404, reason: 'The WebSocket is at / and at /ws' };
	}
	if (occupancy.isStopping) return { status: 503, reason: 'The service is stopping' };
	if (occupancy.connections >= policy.maxConnections) {
		return { status: 503, reason: `${policy.maxConnections} connections are open already; close some` };
	}
	if (occupancy.unauthenticated >= policy.maxUnauthenticated) {
		return { status: 503, reason: 'Too many connections wait for their auth message; try again in some seconds' };
	}
	return undefined;
}

/**
 * Why a request of any kind is refused for where it comes from: `Host` first (DNS rebinding), then `Origin`, which the
 * operator then hears of.
 */
export function refuseForeign(
	{ host, origin }: Pick<HandshakeRequest, 'host' | 'origin'>,
	policy: Pick<HandshakePolicy, 'allowedHosts' | 'origins'>,
): Refusal | undefined {
	if (!isHostAllowed(host, policy.allowedHosts)) {
		return { status: 403, reason: 'This host name is not allowed; use localhost, or add it to server.allowedHosts' };
	}
	if (origin !== undefined && !policy.origins.isAllowed(origin)) {
		policy.origins.noteRefused(origin);
		return { status: 403, reason: `Origin ${origin} is not allowed; the operator can add it to server.allowedOrigins` };
	}
	return undefined;
}

/** The path of a request line, without its query. */
export function pathOf(url: string): string {
	return url.split('?', 1)[0] ?? '';
}
