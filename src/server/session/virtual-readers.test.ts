import { describe, expect, it } from 'vitest';
import { NOW, OTHER_VIRTUAL, REAL, TestServer, VIRTUAL } from '../testing/test-server.ts';

function done(action: string) {
	return { type: 'virtual:ok', deviceId: VIRTUAL, action };
}

function errorMessage(code: number, error: string, details?: object) {
	return { type: 'error', error, code, ...(details && { details }), timestamp: NOW };
}

const COMMANDS = [
	{ type: 'virtual:touch', deviceId: VIRTUAL },
	{ type: 'virtual:lift', deviceId: VIRTUAL },
	{ type: 'virtual:unplug', deviceId: VIRTUAL },
	{ type: 'virtual:plug', deviceId: VIRTUAL },
	{ type: 'virtual:fault', deviceId: VIRTUAL, code: 1005 },
];

describe('a virtual reader', () => {
	it.each(['test', 'admin'])('is controlled by a client with a %s credential through a whole scan', async (as) => {
		const server = await TestServer.start();
		const client = await server.join(as);
		client.send({ type: 'scan:start', deviceId: VIRTUAL, options: { scansRequired: 2 } });
		const types: string[] = [];
		for (const type of ['virtual:touch', 'virtual:lift', 'virtual:touch']) {
			client.send({ type, deviceId: VIRTUAL });
			types.push(...(await client.drain()).map((message) => message.type));
		}
		expect(types.filter((type) => type !== 'device:status' && type !== 'log:entry')).toEqual([
			'scan:started',
			...['virtual:ok', 'fingerprint:detected', 'scan:progress'],
			'virtual:ok',
			...['virtual:ok', 'fingerprint:detected', 'scan:complete'],
		]);
	});

	it('is touched as the message requests, by default with the right index finger of person 1', async () => {
		const server = await TestServer.start();
		const client = await server.join('test');
		const request = { person: 7, finger: 10, condition: 'wet', window: 'round', seed: 42 };
		client.send({ type: 'virtual:touch', deviceId: VIRTUAL, ...request });
		client.send({ type: 'virtual:touch', deviceId: VIRTUAL });
		expect(await client.drain()).toEqual([done('touch'), done('touch')]);
		expect(server.components.synthesis.touches).toEqual([
			request,
			{ person: 1, finger: 2, condition: 'good', window: 'full', seed: expect.any(Number) },
		]);
	});

	it('has a finger on it until virtual:lift', async () => {
		const server = await TestServer.start();
		const client = await server.join('test');
		client.send({ type: 'virtual:touch', deviceId: VIRTUAL });
		client.send({ type: 'scan:start', deviceId: VIRTUAL });
		expect((await client.drain()).at(-1)).toMatchObject({ type: 'scan:complete' });
		client.send({ type: 'virtual:lift', deviceId: VIRTUAL });
		client.send({ type: 'scan:start', deviceId: VIRTUAL });
		const types = (await client.drain()).map(({ type }) => type);
		expect(types).toEqual(['virtual:ok', 'scan:started']);
	});

	it('is unplugged and plugged in again with the same id', async () => {
		const server = await TestServer.start();
		const client = await server.join('test');
		client.send({ type: 'virtual:unplug', deviceId: VIRTUAL });
		client.send({ type: 'virtual:plug', deviceId: VIRTUAL });
		expect(await client.drain()).toMatchObject([
			{ type: 'device:disconnected', deviceId: VIRTUAL, reason: 'Device unplugged' },
			done('unplug'),
			{ type: 'device:connected', device: { id: VIRTUAL, status: 'connected', virtual: true } },
			done('plug'),
		]);
	});

	it('is never visible to a live key', async () => {
		const server = await TestServer.start();
		const [driver, other] = [await server.join('test'), await server.join('live')];
		for (const type of ['virtual:touch', 'virtual:unplug', 'virtual:plug']) driver.send({ type, deviceId: VIRTUAL });
		await driver.drain();
		expect(await other.drain()).toEqual([]);
	});

	it.each([
		[1004, 'Device could not be initialised'],
		[1005, 'Device did not respond in time'],
	])('reports the requested fault: %i', async (code, error) => {
		const server = await TestServer.start();
		const client = await server.join('test');
		client.send({ type: 'subscribe', deviceId: VIRTUAL });
		client.send({ type: 'scan:start', deviceId: VIRTUAL });
		client.send({ type: 'virtual:fault', deviceId: VIRTUAL, code });
		expect((await client.drain()).slice(-3)).toMatchObject([
			{ type: 'device:status', status: 'error', previousStatus: 'busy' },
			{ type: 'scan:error', deviceId: VIRTUAL, code, error },
			done('fault'),
		]);
		server.components.clock.advance(1_000);
		expect(await client.drain()).toMatchObject([{ type: 'device:status', status: 'idle', previousStatus: 'error' }]);
	});
});

describe('a virtual:* message', () => {
	it('is refused to live keys', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		for (const command of COMMANDS) {
			client.send(command);
			expect(await client.drain()).toEqual([errorMessage(4003, 'Virtual readers are for test keys and admins')]);
		}
		expect(server.components.registry.get(VIRTUAL)?.status).toBe('idle');
	});

	it.each([REAL, 'device-099'])('is refused for %s, which is not a virtual reader', async (deviceId) => {
		const server = await TestServer.start();
		const client = await server.join('test');
		for (const command of COMMANDS) {
			client.send({ ...command, deviceId });
			expect(await client.drain()).toEqual([errorMessage(1001, 'No such virtual reader', { deviceId })]);
		}
	});

	it('is refused while the reader is unplugged, except for virtual:plug', async () => {
		const server = await TestServer.start();
		const client = await server.join('test');
		client.send({ type: 'virtual:unplug', deviceId: VIRTUAL });
		await client.drain();
		for (const command of COMMANDS.filter(({ type }) => type !== 'virtual:plug')) {
			client.send(command);
			expect(await client.drain()).toEqual([errorMessage(1001, 'Device not found', { deviceId: VIRTUAL })]);
		}
	});

	it('does not affect the other reader', async () => {
		const server = await TestServer.start();
		const client = await server.join('test');
		client.send({ type: 'scan:start', deviceId: OTHER_VIRTUAL });
		client.send({ type: 'virtual:touch', deviceId: VIRTUAL });
		expect((await client.drain()).map(({ type }) => type)).toEqual(['scan:started', 'virtual:ok']);
	});

	it('is answered with INTERNAL_ERROR and no details when the synthesis fails', async () => {
		const server = await TestServer.start();
		server.components.synthesis.failure = new Error('synthesis failed');
		const client = await server.join('test');
		client.send({ type: 'virtual:touch', deviceId: VIRTUAL });
		expect(await client.drain()).toEqual([errorMessage(5001, 'Internal server error')]);
	});
});
