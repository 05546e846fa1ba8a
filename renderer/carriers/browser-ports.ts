import type { Socket, SocketCarrierPorts, SocketEvents, TicketExchange } from './socket-carrier.ts';
import { windowClock } from './window-clock.ts';

const TOKEN_STORAGE_KEY = 'console-token';

const EXCHANGE_TIMEOUT_MS = 10_000;

/** Creates the ports of a socket carrier for a page that the service served from `/console/`. */
export function createBrowserPorts(): SocketCarrierPorts {
	return {
		openSocket: (events) => openSocket(new URL('socket', document.baseURI), events),
		exchangeTicket: (ticket) => exchangeTicket(new URL('session', document.baseURI), ticket),
		tokens: {
			read: () => sessionStorage.getItem(TOKEN_STORAGE_KEY) ?? undefined,
			write: (token) => {
				if (token === undefined) sessionStorage.removeItem(TOKEN_STORAGE_KEY);
				else sessionStorage.setItem(TOKEN_STORAGE_KEY, token);
			},
		},
		clock: windowClock,
	};
}

function openSocket(url: URL, events: SocketEvents): Socket {
	url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
	const socket = new WebSocket(url);
	socket.onopen = events.opened;
	socket.onmessage = ({ data }) => events.received(String(data));
	socket.onclose = ({ code }) => events.closed(code);
	return socket;
}

async function exchangeTicket(url: URL, ticket: string): Promise<TicketExchange> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ ticket }),
		signal: AbortSignal.timeout(EXCHANGE_TIMEOUT_MS),
	});
	return response.ok
		? { ok: true, token: readToken(await response.json()) }
		: { ok: false, problem: REFUSED_TICKET_PROBLEM };
}

function readToken(body: unknown): string {
	if (typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string') return body.token;
	throw new Error('The service returned no token. Open a new link.');
}

/** The remedy is the same for every reason: a new link or an admin token. */
const REFUSED_TICKET_PROBLEM = {
	error: 'INVALID_API_KEY',
	code: 4001,
	message: 'The link was already used or has expired. Open a new one.',
	retryable: false,
	details: { reason: 'ticket' },
} as const;
