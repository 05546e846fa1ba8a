import type { AddressInfo } from 'node:net';
import { type RawData, WebSocketServer } from 'ws';

/*
 * The baseline of the benchmarks: a `ws` server that parses each message and answers or forwards it with the text that the
 * service would send, and does nothing else. It prints its port like the service does.
 */
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
	socket.on('error', () => socket.terminate());
	socket.on('message', (data: RawData) => {
		const { type, event } = JSON.parse(String(data));
		if (type === 'auth') socket.send('{"type":"auth:success"}');
		else if (type === 'ping') socket.send(JSON.stringify({ type: 'pong', timestamp: new Date().toISOString() }));
		else if (type === 'broadcast') broadcast({ ...event, timestamp: new Date().toISOString() });
	});
});
server.on('listening', () => {
	process.stdout.write(`listening on ws://localhost:${(server.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', () => process.exit());

function broadcast(event: object): void {
	const text = JSON.stringify(event);
	for (const client of server.clients) client.send(text);
}
