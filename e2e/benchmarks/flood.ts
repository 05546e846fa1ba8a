import { setImmediate } from 'node:timers/promises';
import { WebSocket } from 'ws';

/*
 * A client that sends pings as fast as it can, until it is killed: `node e2e/benchmarks/flood.ts URL [API_KEY]`. It connects
 * again when it is closed. It prints "flooding" once it sends.
 */
const [url = '', apiKey] = process.argv.slice(2);
const PING = JSON.stringify({ type: 'ping' });
const MESSAGES_PER_TURN = 1_000;
/** Bytes that wait in the process above which it sends no more, so that its own memory does not grow. */
const MAX_WAITING_BYTES = 2 ** 20;

for (;;) await flood();

/** Floods one connection until it is closed. */
async function flood(): Promise<void> {
	const socket = new WebSocket(url, { perMessageDeflate: false });
	const isOpen = await new Promise((resolve) => {
		socket.once('open', () => resolve(true));
		socket.once('error', () => resolve(false));
	});
	socket.on('error', () => socket.terminate());
	if (isOpen && apiKey !== undefined) socket.send(JSON.stringify({ type: 'auth', apiKey }));
	if (isOpen) process.stdout.write('flooding\n');
	while (socket.readyState === WebSocket.OPEN) {
		for (let i = 0; i < MESSAGES_PER_TURN && socket.bufferedAmount < MAX_WAITING_BYTES; i++) socket.send(PING);
		await setImmediate();
	}
}
