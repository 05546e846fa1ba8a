import type { OriginDecisions } from '../../access/origin-decisions.ts';
import { isHostAllowed } from '../../access/origins.ts';

/** The settings that decide whether a handshake is accepted. */
export interface HandshakePolicy {
	readonly allowedHosts: readonly string[];
	readonly origins: Pick<OriginDecisions, 'isAllowed' | 'noteRefused'>;
	readonly maxConnections: number;
	/** Most connections that may wait for authentication at the same time. */
	readonly maxUnauthenticated: number;
}

export interface HandshakeRequest {
	/** Path and query, as in the request line. */
	readonly url: string;
	readonly host: string | undefined;
	readonly origin: string | undefined;
}

/** Number of open connections, and whether the service is stopping. */
export interface ServerLoad {
	readonly connections: number;
	readonly unauthenticated: number;
	readonly isStopping: boolean;
}

/** An HTTP status, and one line of plain text that states what to do. */
export interface Refusal {
	readonly status: 403 | 404 | 503;
	readonly reason: string;
}

const WEBSOCKET_PATHS = ['/', '/ws'];

/** Returns why a WebSocket handshake is refused; `undefined` = it is accepted. */
export function checkHandshake(
	request: HandshakeRequest,
	policy: HandshakePolicy,
	load: ServerLoad,
): Refusal | undefined {
	const refusal = checkHostAndOrigin(request, policy);
	if (refusal !== undefined) return refusal;
	if (!WEBSOCKET_PATHS.includes(pathOf(request.url))) {
		return { status: 404, reason: 'The WebSocket is at / and at /ws' };
	}
	if (load.isStopping) return { status: 503, reason: 'The service is stopping' };
	if (load.connections >= policy.maxConnections) {
		return { status: 503, reason: `${policy.maxConnections} connections are already open; close some` };
	}
	if (load.unauthenticated >= policy.maxUnauthenticated) {
		return { status: 503, reason: 'Too many connections have not authenticated yet; try again in a few seconds' };
	}
	return undefined;
}

/**
 * Returns why a request is refused because of its `Host` (DNS rebinding) or its `Origin`; `undefined` = it is accepted.
 * A refused origin is recorded for the operator.
 */
export function checkHostAndOrigin(
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

/** Returns the path of a request line, without its query. */
export function pathOf(url: string): string {
	return url.split('?', 1)[0] ?? '';
}
