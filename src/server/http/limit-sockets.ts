import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Most sockets of one listener that are not WebSockets. More than the kernel hands over at once (the backlog, 511), so that every
 * socket gets a chance to send its request.
 */
const MAX_SOCKETS = 512;

/**
 * Limits the sockets that are not WebSockets: those with plain requests, and those that send nothing or only half a handshake.
 * One too many closes the socket that has been without a request for longest, so that they cannot shut out newcomers.
 */
export function limitSockets(server: Server): void {
	/** Ordered by the time of the last request. */
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		const [longestIdle] = sockets;
		if (longestIdle === undefined || sockets.size <= MAX_SOCKETS) return;
		sockets.delete(longestIdle);
		longestIdle.destroy();
	});
	server.on('request', ({ socket }) => {
		if (sockets.delete(socket)) sockets.add(socket);
	});
	server.on('upgrade', ({ socket }) => sockets.delete(socket));
}
