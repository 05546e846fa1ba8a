import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceStatus } from '../../protocol/server-messages.ts';
import { examplePage } from './example-page.ts';
import { checkHost, checkOrigin, type HandshakePolicy, standingOf } from './handshake.ts';
import { pathOf, sourceOf } from './request-target.ts';
import { contentSecurityPolicy, PAGE_ISOLATION_HEADERS, SECURITY_HEADERS } from './security-headers.ts';

interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

export interface ResponseContext {
	readonly policy: HandshakePolicy;
	readonly status: ServiceStatus;
	/** Address at which a page on this machine reaches the service, such as `localhost:8080`. */
	readonly address: string;
}

/**
 * Answers a plain HTTP request: `/health` with the status of the service, `/` with a page to try it, else 404. Pages of every
 * origin may read `/health`, which needs no key: whether the port is open is not a secret, and an undecided page must be able to
 * tell its user that the operator has to allow it.
 */
export function respond(request: IncomingMessage, response: ServerResponse, context: ResponseContext): void {
	const reply = replyTo(request, context);
	response.writeHead(reply.status, {
		...SECURITY_HEADERS,
		'content-length': Buffer.byteLength(reply.body),
		...reply.headers,
	});
	response.end(reply.body);
}

function replyTo(request: IncomingMessage, { policy, status, address }: ResponseContext): Reply {
	const source = sourceOf(request);
	const { target, origin } = source;
	const { allowedHosts, origins } = policy;
	const standing = origin === undefined ? 'allowed' : standingOf(origin, origins);
	const path = pathOf(target);
	const mayRead = path === '/health' && standing !== 'unusable';
	const refusal = checkHost(source, allowedHosts) ?? (mayRead ? undefined : checkOrigin(origin, origins));
	if (refusal !== undefined) return text(refusal.status, refusal.reason);

	if (path !== '/' && path !== '/health') return text(404, 'This page does not exist; see / and /health');
	if (request.method === 'OPTIONS') return { status: 204, headers: corsHeaders(origin), body: '' };
	if (request.method !== 'GET' && request.method !== 'HEAD')
		return text(405, 'Use GET', { allow: 'GET, HEAD, OPTIONS' });
	if (path === '/') return page(address);
	return {
		status: status === 'running' ? 200 : 503,
		headers: { 'content-type': 'application/json', ...corsHeaders(origin) },
		body: JSON.stringify(standing === 'allowed' ? { status } : { status, origin: standing }),
	};
}

/** Does not allow credentials: no answer depends on any. */
function corsHeaders(origin: string | undefined): Record<string, string> {
	return { vary: 'Origin', ...(origin !== undefined && { 'access-control-allow-origin': origin }) };
}

function page(address: string): Reply {
	const policy = contentSecurityPolicy(
		"script-src 'unsafe-inline'",
		"style-src 'unsafe-inline'",
		`connect-src ws://${address}`,
	);
	return {
		status: 200,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': policy,
			...PAGE_ISOLATION_HEADERS,
		},
		body: examplePage(address),
	};
}

function text(status: number, body: string, headers: Record<string, string> = {}): Reply {
	return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: `${body}\n` };
}
