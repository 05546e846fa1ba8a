import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceStatus } from '../../protocol/server-messages.ts';
import { examplePage } from './example-page.ts';
import { type HandshakePolicy, pathOf, refuseForeign } from './handshake.ts';

interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

export interface ResponseContext {
	readonly policy: HandshakePolicy;
	readonly status: ServiceStatus;
	/** Where a page of this machine reaches the service, such as `localhost:8080`. */
	readonly address: string;
}

/**
 * Answer a plain HTTP request: `/health` with the status alone, `/` with a page to try the service, else 404.
 * Pages of allowed origins may read the health; it needs no key and tells nothing else.
 */
export function respond(request: IncomingMessage, response: ServerResponse, context: ResponseContext): void {
	const reply = replyTo(request, context);
	response.writeHead(reply.status, {
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff',
		'content-length': Buffer.byteLength(reply.body),
		...reply.headers,
	});
	response.end(reply.body);
}

function replyTo(request: IncomingMessage, { policy, status, address }: ResponseContext): Reply {
	const { host, origin } = request.headers;
	const refusal = refuseForeign({ host, origin }, policy);
	if (refusal !== undefined) return text(refusal.status, refusal.reason);

	const path = pathOf(request.url ?? '');
	if (path !== '/' && path !== '/health') return text(404, 'Nothing is here; see / and /health');
	if (request.method === 'OPTIONS') return { status: 204, headers: corsHeaders(origin), body: '' };
	if (request.method !== 'GET' && request.method !== 'HEAD')
		return text(405, 'Use GET', { allow: 'GET, HEAD, OPTIONS' });
	return path === '/health' ? health(status, origin) : page(address);
}

function health(status: ServiceStatus, origin: string | undefined): Reply {
	return {
		status: status === 'running' ? 200 : 503,
		headers: { 'content-type': 'application/json', ...corsHeaders(origin) },
		body: JSON.stringify({ status }),
	};
}

/** The second header answers the preflight by which browsers ask before a public page reaches a local address. */
function corsHeaders(origin: string | undefined): Record<string, string> {
	if (origin === undefined) return { vary: 'Origin' };
	return { vary: 'Origin', 'access-control-allow-origin': origin, 'access-control-allow-private-network': 'true' };
}

function page(address: string): Reply {
	const policy = [
		"default-src 'none'",
		"script-src 'unsafe-inline'",
		"style-src 'unsafe-inline'",
		`connect-src ws://${address}`,
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	].join('; ');
	return {
		status: 200,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': policy,
			'cross-origin-resource-policy': 'same-origin',
		},
		body: examplePage(address),
	};
}

function text(status: number, body: string, headers: Record<string, string> = {}): Reply {
	return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: `${body}\n` };
}
