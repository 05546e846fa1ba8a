import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../protocol/server-messages.ts';
import { ServiceClient } from './service-client.ts';
import { TestServer, VIRTUAL } from './test-server.ts';

/** The types of the messages up to one of type `last`. */
async function typesUntil(messages: AsyncGenerator<ServerMessage>, last: string): Promise<string[]> {
	const types: string[] = [];
	while (types.at(-1) !== last) {
		const { value, done } = await messages.next();
		if (done) throw new Error(`Ended after ${types.join(', ')}`);
		types.push(value.type);
	}
	return types;
}

describe('ServiceClient', () => {
	it('authenticates and yields every message but the pings, which it answers', async () => {
		const server = await TestServer.start();
		const client = await ServiceClient.connect(server.port, { apiKey: await server.key('live') });
		const messages = client.messages();
		expect(await typesUntil(messages, 'device:connected')).toEqual([
			'auth:success',
			'service:status',
			'device:connected',
		]);

		server.parts.clock.advance(30_000);
		client.send({ type: 'unsubscribe', deviceId: VIRTUAL });
		expect(await typesUntil(messages, 'unsubscribe:success')).toEqual(['unsubscribe:success']);
		client.send({ type: 'ping' });
		expect(await typesUntil(messages, 'pong')).toEqual(['pong']);
		// Closed by now if the first ping had stayed unanswered.
		server.parts.clock.advance(60_000);
		client.send({ type: 'ping' });
		expect(await typesUntil(messages, 'pong')).toEqual(['pong']);
		client.close();
	});

	it('yields the last messages before the connection ended, then ends', async () => {
		const server = await TestServer.start();
		const client = await ServiceClient.connect(server.port, { apiKey: 'ak_test_wrong' });
		const messages: ServerMessage[] = [];
		for await (const message of client.messages()) messages.push(message);
		expect(messages).toEqual([{ type: 'auth:error', message: 'Invalid API key', code: 4001 }]);
	});

	it('says how to start the service where none answers', async () => {
		const server = await TestServer.start();
		await server.stop();
		await expect(ServiceClient.connect(server.port, { apiKey: 'ak_test_any' })).rejects.toMatchObject({
			code: 5002,
			message: expect.stringContaining('fingerprint-service serve'),
		});
	});
});
