import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, REAL, TestServer } from '../testing/test-server.ts';

const LIMIT_BYTES = 64 * 1024;

function errorMessage(code: number, error: string, details?: object) {
	return { type: 'error', error, code, ...(details && { details }), timestamp: NOW };
}

/** Returns a valid message of this length. */
function pingOf(bytes: number): string {
	const text = JSON.stringify({ type: 'ping', padding: '' });
	return text.replace('""', `"${'x'.repeat(bytes - text.length)}"`);
}

describe('faulty input', () => {
	it.each([
		['text that is not JSON', '{"type":', errorMessage(6001, 'Message is not valid JSON')],
		['an empty frame', '', errorMessage(6001, 'Message is not valid JSON')],
		[
			'JSON that is not an object',
			'["ping"]',
			errorMessage(6002, 'Message is not a JSON object with a string "type"', { field: 'type' }),
		],
		[
			'an unknown type',
			{ type: 'scan:pause' },
			errorMessage(6003, 'Unknown message type', { field: 'type', type: 'scan:pause' }),
		],
	])('is answered with an error and stays connected: %s', async (_what, message, expected) => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.send(message);
		expect(await client.drain()).toEqual([expected]);
	});

	it('is answered with the path of the wrong field', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		const wrong: [message: object, field: string][] = [
			[{}, 'type'],
			[{ type: 1 }, 'type'],
			[{ type: 'subscribe' }, 'deviceId'],
			[{ type: 'unsubscribe', deviceId: null }, 'deviceId'],
			[{ type: 'scan:start', options: {} }, 'deviceId'],
			[{ type: 'scan:stop' }, 'scanId'],
			[{ type: 'virtual:touch', deviceId: REAL, finger: 11 }, 'finger'],
			[{ type: 'virtual:fault', deviceId: REAL, code: 5001 }, 'code'],
		];
		for (const [message, field] of wrong) {
			client.send(message);
			expect(await client.drain()).toMatchObject([{ type: 'error', code: 6002, details: { field } }]);
		}
	});

	it('does not include unknown fields', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.send({ type: 'devices:list', requestId: 7 });
		expect(await client.drain()).toMatchObject([{ type: 'devices' }]);
	});

	it('closes the connection with 1008 at the twentieth fault within a minute', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		for (let i = 0; i < 20; i++) client.send('?');
		expect(await client.rest()).toHaveLength(20);
		expect(await client.closed()).toEqual({ code: 1008, reason: 'Too many faulty messages' });
	});

	it('is not followed by further handled messages once it has closed the connection', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		for (let i = 0; i < 20; i++) client.send('?');
		client.send({ type: 'scan:start', deviceId: REAL });
		await client.closed();
		expect(server.components.reader.calls).toEqual(['open']);
	});

	it('does not close the connection at nineteen faults a minute', async () => {
		const server = await TestServer.start({ server: { pingIntervalMs: 3_600_000 } });
		const client = await server.join('live');
		for (let minute = 0; minute < 2; minute++) {
			for (let i = 0; i < 19; i++) client.send('?');
			expect(await client.drain()).toHaveLength(19);
			server.components.clock.advance(60_000);
		}
	});

	it('is also counted for unauthenticated connections', async () => {
		const server = await TestServer.start();
		const client = await server.connect();
		for (let i = 0; i < 20; i++) client.send('?');
		expect(await client.closed()).toMatchObject({ code: 1008 });
	});

	it('does not include refused commands', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		for (let i = 0; i < 25; i++) client.send({ type: 'subscribe', deviceId: 'device-099' });
		expect(await client.drain()).toHaveLength(25);
	});
});

describe('a connection', () => {
	async function closeCodeAfter(send: (client: TestClient) => void): Promise<number> {
		const server = await TestServer.start();
		const client = await server.join('live');
		send(client);
		const { code } = await client.closed();
		await server.join('live');
		return code;
	}

	it('accepts a message of 64 KiB', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.send(pingOf(LIMIT_BYTES));
		await client.next('pong');
	});

	it('closes with 1009 after a message that is one byte longer', async () => {
		expect(await closeCodeAfter((client) => client.send(pingOf(LIMIT_BYTES + 1)))).toBe(1009);
	});

	it('closes with 1009 after fragments of more than 64 KiB in total', async () => {
		const code = await closeCodeAfter(({ socket }) => {
			for (let i = 0; i < 3; i++) socket.send('x'.repeat(30_000), { fin: false });
		});
		expect(code).toBe(1009);
	});

	it('closes with 1003 after a binary frame', async () => {
		expect(await closeCodeAfter(({ socket }) => socket.send(Buffer.from('{"type":"ping"}')))).toBe(1003);
	});

	it('closes with 1007 after a frame that is not UTF-8', async () => {
		const code = await closeCodeAfter(({ socket }) => socket.send(Buffer.of(0xc3, 0x28), { binary: false }));
		expect(code).toBe(1007);
	});

	it('accepts a fragmented message', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.socket.send('{"type":', { fin: false });
		client.socket.send('"ping"}', { fin: true });
		await client.next('pong');
	});

	it('answers a ping frame', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.socket.ping('still there?');
		const [payload] = await once(client.socket, 'pong');
		expect(String(payload)).toBe('still there?');
	});

	it('handles messages in the order in which they arrive, however many wait', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		for (let i = 0; i < 500; i++) client.send({ type: 'unsubscribe', deviceId: `device-${i}` });
		const answers = await client.drain();
		expect(answers.map((answer) => 'deviceId' in answer && answer.deviceId)).toEqual(
			Array.from({ length: 500 }, (_, i) => `device-${i}`),
		);
	});
});
