import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { FakeClock } from '../../time/testing/fake-clock.ts';
import { Connection } from './connection.ts';

async function connected() {
	const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
	onTestFinished(() => void server.close());
	await once(server, 'listening');
	const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
	const [socket] = await once(server, 'connection');
	const nothing = () => undefined;
	const events = { onText: async () => undefined, onError: nothing, onClosing: nothing, onClosed: nothing };
	return { client, connection: new Connection(socket, events, { clock: new FakeClock(), messagesPerSecond: 5_000 }) };
}

describe('the close reason', () => {
	it.each([
		['a'.repeat(123), 'a'.repeat(123)],
		['a'.repeat(124), 'a'.repeat(123)],
		[`${'a'.repeat(122)}é`, 'a'.repeat(122)],
		['€'.repeat(50), '€'.repeat(41)],
	])('is truncated between characters to the length of a close frame: %s', async (reason, received) => {
		const { client, connection } = await connected();
		const closed = once(client, 'close');
		connection.close(1008, reason);
		const [code, data] = await closed;
		expect({ code, reason: String(data) }).toEqual({ code: 1008, reason: received });
	});
});
