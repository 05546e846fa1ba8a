import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Refusal } from './handshake.ts';

const OPTIONS = {
	noServer: true,
	clientTracking: false,
	// Messages are small and stay on this machine, so compression would only cost memory for each client.
	perMessageDeflate: false,
	/** Largest message of a client, bytes; a larger one closes the connection with 1009. */
	maxPayload: 64 * 1024,
	/** Most fragments of one message. Their number is limited because all of them are handled in one turn of the event loop. */
	maxFragments: 256,
	/** At most one frame of a client is handled in one turn of the event loop, so that other clients do not wait for a flood. */
	allowSynchronousEvents: false,
	/** `Connection` answers pings, at the rate at which it handles messages. */
	autoPong: false,
	/** Time for a client to answer a close frame before its socket is terminated, ms. */
	closeTimeout: 2_000,
};

const webSocketServer = new WebSocketServer(OPTIONS);

/** The arguments of the `upgrade` event of Node's HTTP server. */
export interface UpgradeRequest {
	readonly request: IncomingMessage;
	readonly socket: Duplex;
	readonly head: Buffer;
}

/** Completes the handshake; one that is malformed is answered with an HTTP error and `onOpen` is not called. */
export function acceptWebSocket({ request, socket, head }: UpgradeRequest, onOpen: (client: WebSocket) => void): void {
	webSocketServer.handleUpgrade(request, socket, head, onOpen);
}

const REASON_PHRASES: Record<Refusal['status'], string> = {
	400: 'Bad Request',
	403: 'Forbidden',
	404: 'Not Found',
	503: 'Service Unavailable',
};

/** Answers a handshake in plain HTTP. Errors of the socket are ignored, because nothing else is sent. */
export function refuseWebSocket({ socket }: UpgradeRequest, { status, reason }: Refusal): void {
	const body = `${reason}\n`;
	socket.on('error', () => socket.destroy());
	// A client that keeps its side of the connection open must not prevent the server from stopping.
	socket.once('finish', () => socket.destroy());
	socket.end(
		[
			`HTTP/1.1 ${status} ${REASON_PHRASES[status]}`,
			'Connection: close',
			'Content-Type: text/plain; charset=utf-8',
			`Content-Length: ${Buffer.byteLength(body)}`,
			'',
			body,
		].join('\r\n'),
	);
}
