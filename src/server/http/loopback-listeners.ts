import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeOf } from '../../config/system-error.ts';
import { ServiceError } from '../../protocol/errors.ts';

/** How often slow requests are looked for, ms. */
const CHECKING_INTERVAL_MS = 1_000;

/** Connections with room beside the clients: for the requests under way, and for telling a client that it is one too many. */
const PLACES_FOR_REQUESTS = 64;

/** How often another free port is tried, when a port that is free on one loopback is taken on the other. */
const FREE_PORT_ATTEMPTS = 10;

export interface ListenOptions {
	readonly host: string;
	/** 0 = any port that is free on all addresses. */
	readonly port: number;
	/** How many clients may be connected at once. */
	readonly maxConnections: number;
	/** Who has not sent its request or read on by then is cut, ms; default 10 s. WebSockets may be silent for ever. */
	readonly requestTimeoutMs?: number;
}

export interface Listeners {
	readonly port: number;
	readonly servers: readonly Server[];
	/** The loopback that this machine does not have, if any. */
	readonly missing: string | undefined;
}

/**
 * Listen on both loopbacks (host `localhost`), because browsers resolve the name to either, or on the one host named.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming port and setting; nothing stays open then
 */
export async function openListeners(options: ListenOptions): Promise<Listeners> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await listenOnAll(options);
		} catch (thrown) {
			const isOurChoice = options.port === 0 && codeOf(thrown) === 'EADDRINUSE';
			if (!isOurChoice || attempt === FREE_PORT_ATTEMPTS) throw configurationError(thrown, options);
		}
	}
}

/** Stop listening and cut what is still connected; idempotent. */
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

async function listen({ host, port, maxConnections, requestTimeoutMs = 10_000 }: ListenOptions): Promise<Server> {
	const server = createServer({
		requestTimeout: requestTimeoutMs,
		connectionsCheckingInterval: CHECKING_INTERVAL_MS,
	});
	// The one above watches the request; this one cuts who does not read the answer. An upgrade to WebSocket lifts it.
	server.timeout = requestTimeoutMs;
	server.maxConnections = maxConnections + PLACES_FOR_REQUESTS;
	server.listen({ host, port });
	await once(server, 'listening');
	return server;
}

function configurationError(cause: unknown, { host, port }: ListenOptions): ServiceError {
	const why: Record<string, string> = {
		EADDRINUSE: `Port ${port} is taken by another program: stop that one, or set another port with --port or server.port`,
		EACCES: `Port ${port} needs more rights than this user has: set a port above 1023 with --port or server.port`,
		EADDRNOTAVAIL: `Address ${host} is not one of this machine: correct --host or server.host`,
		ENOTFOUND: `Host ${host} is unknown: correct --host or server.host`,
	};
	const code = codeOf(cause) ?? '';
	const message =
		why[code] ?? `Cannot listen on ${host} port ${port} (${code || String(cause)}): check server.host and server.port`;
	const setting = code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' ? 'server.host' : 'server.port';
	return new ServiceError('CONFIGURATION_ERROR', { message, details: { host, port, setting }, cause });
}
