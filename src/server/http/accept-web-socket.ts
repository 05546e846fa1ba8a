import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Refusal } from './handshake.ts';

const OPTIONS = {
	noServer: true,
	clientTracking: false,
	// Messages are small and stay on this machine: compressing them would cost memory for each client and gain nothing.
	perMessageDeflate: false,
	/** Largest message of a client, bytes; past it the connection is closed with 1009. */
	maxPayload: 64 * 1024,
	/** How long a client may take to answer a goodbye before it is cut, ms. */
	closeTimeout: 2_000,
};

const webSocketServer = new WebSocketServer(OPTIONS);

/** A request to become a WebSocket, as Node's HTTP server hands it over. */
export interface UpgradeRequest {
	readonly request: IncomingMessage;
	readonly socket: Duplex;
	readonly head: Buffer;
}

/** Finish the handshake of a welcome client; one that gets it wrong is answered with an error and never shows up. */
export function acceptWebSocket({ request, socket, head }: UpgradeRequest, welcome: (client: WebSocket) => void): void {
	webSocketServer.handleUpgrade(request, socket, head, welcome);
}

const REASON_PHRASES: Record<Refusal['status'], string> = {
	403: 'Forbidden',
	404: 'Not Found',
	503: 'Service Unavailable',
};

/** Answer a handshake in plain HTTP; the socket may fail at any time, which then matters to nobody. */
export function refuseWebSocket({ socket }: UpgradeRequest, { status, reason }: Refusal): void {
	const body = `${reason}\n`;
	socket.on('error', () => socket.destroy());
	// A client that does not close in turn must not keep the server from stopping.
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
