import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeOf } from '../../config/system-error.ts';
import { ServiceError } from '../../protocol/errors.ts';
import { limitSockets } from './limit-sockets.ts';
import { offersWebSocket } from './request-target.ts';

/** Interval at which slow requests are terminated, ms. */
const CHECK_INTERVAL_MS = 1_000;

/** Time to send the head of a request, ms; a client on this machine needs a fraction of it. */
const HEADERS_TIMEOUT_MS = 3_000;

/** Attempts to find a free port: one that is free on one loopback address may be taken on the other. */
const FREE_PORT_ATTEMPTS = 10;

export interface ListenOptions {
	readonly host: string;
	/** 0 = any port that is free on all addresses. */
	readonly port: number;
	/** Time to send a request and to read its response, ms; default 10 s. Does not apply to WebSockets. */
	readonly requestTimeoutMs?: number;
}

export interface Listeners {
	readonly port: number;
	readonly servers: readonly Server[];
	/** The loopback address that this machine lacks, if any. */
	readonly missing: string | undefined;
}

/**
 * Listens on both loopback addresses for host `localhost`, because browsers resolve it to either; else on the given host.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming port and setting; no listener stays open
 */
export async function openListeners(options: ListenOptions): Promise<Listeners> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await listenOnAll(options);
		} catch (thrown) {
			const isRetryable = options.port === 0 && codeOf(thrown) === 'EADDRINUSE';
			if (!isRetryable || attempt === FREE_PORT_ATTEMPTS) throw configurationError(thrown, options);
		}
	}
}

/** Stops listening and terminates open connections; idempotent. */
export async function closeListeners(servers: readonly Server[]): Promise<void> {
	await Promise.all(
		servers.map(async (server) => {
			if (!server.listening) return;
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		}),
	);
}

async function listenOnAll(options: ListenOptions): Promise<Listeners> {
	const { host } = options;
	const first = await listen({ ...options, host: host === 'localhost' ? '127.0.0.1' : host });
	const bound = (first.address() as AddressInfo).port;
	if (host !== 'localhost') return { port: bound, servers: [first], missing: undefined };
	try {
		return {
			port: bound,
			servers: [first, await listen({ ...options, host: '::1', port: bound })],
			missing: undefined,
		};
	} catch (thrown) {
		const hasNoIpv6 = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(thrown) ?? '');
		if (hasNoIpv6) return { port: bound, servers: [first], missing: '::1' };
		await closeListeners([first]);
		throw thrown;
	}
}

async function listen({ host, port, requestTimeoutMs = 10_000 }: ListenOptions): Promise<Server> {
	const server = createServer({
		requestTimeout: requestTimeoutMs,
		headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
		connectionsCheckingInterval: CHECK_INTERVAL_MS,
		// Since Node 24.9; a request that offers another protocol, such as h2c, is then answered like any other.
		shouldUpgradeCallback: offersWebSocket,
	});
	// `requestTimeout` limits sending the request; `timeout` limits reading the response. An upgrade to WebSocket removes it.
	server.timeout = requestTimeoutMs;
	limitSockets(server);
	server.listen({ host, port });
	await once(server, 'listening');
	return server;
}

function configurationError(cause: unknown, { host, port }: ListenOptions): ServiceError {
	const why: Record<string, string> = {
		EADDRINUSE: `Port ${port} is taken by another program: stop that one, or set another port with --port or server.port`,
		EACCES: `Port ${port} needs more privileges than this user has: set a port above 1023 with --port or server.port`,
		EADDRNOTAVAIL: `Address ${host} does not belong to this machine: correct --host or server.host`,
		ENOTFOUND: `Host ${host} is unknown: correct --host or server.host`,
	};
	const code = codeOf(cause) ?? '';
	const message =
		why[code] ?? `Cannot listen on ${host} port ${port} (${code || String(cause)}): check server.host and server.port`;
	const setting = code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' ? 'server.host' : 'server.port';
	return new ServiceError('CONFIGURATION_ERROR', { message, details: { host, port, setting }, cause });
}
