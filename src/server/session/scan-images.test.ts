import { describe, expect, it } from 'vitest';
import { GOOD_EXTRACTION } from '../testing/fake-engine.ts';
import type { TestClient } from '../testing/test-client.ts';
import { REAL, TestServer } from '../testing/test-server.ts';

const MAX_PNG_BYTES = 512 * 1024;
const WITH_IMAGES = ['device:read', 'fingerprint:scan', 'fingerprint:verify', 'fingerprint:image'] as const;

/** Bytes that do not occur elsewhere, so that a test finds them in any message. */
function png(size = 300): Uint8Array {
	return Uint8Array.from({ length: size }, (_, i) => (i * 167 + (i >> 8) * 31) & 255);
}

function imageKey(server: TestServer): Promise<string> {
	return server.key('live', { permissions: [...WITH_IMAGES] });
}

async function startScan(client: TestClient, options: object = { image: true }): Promise<void> {
	client.send({ type: 'scan:start', deviceId: REAL, options });
	await client.next('scan:started');
}

/** Answers the waits of a scan for a touch or a lift and returns the last message. @param times number of waits */
async function touch(server: TestServer, client: TestClient, times = 1) {
	const messages = [];
	for (let i = 0; i < times; i++) {
		server.components.reader.answer();
		messages.push(...(await client.drain()));
	}
	return messages.at(-1);
}

describe('scan:start with image', () => {
	it('returns the image as base64, with its size and resolution', async () => {
		const server = await TestServer.start();
		server.components.engine.png = png();
		const client = await server.join(await imageKey(server));
		await startScan(client);
		const image = Buffer.from(png()).toString('base64');
		expect(await touch(server, client)).toMatchObject({ type: 'scan:complete', image, width: 4, height: 4, dpi: 500 });
	});

	it('returns no image unless it is requested', async () => {
		const server = await TestServer.start();
		const client = await server.join(await imageKey(server));
		for (const options of [{}, { image: false }]) {
			await startScan(client, options);
			expect(await touch(server, client)).not.toHaveProperty('image');
		}
	});

	it('returns the touch of best quality of an enrolment, with the size of that touch', async () => {
		const server = await TestServer.start();
		const { engine, reader } = server.components;
		const client = await server.join(await imageKey(server));
		await startScan(client, { image: true, scansRequired: 3 });
		for (const [index, quality] of [70, 90, 80].entries()) {
			const [width, height] = [index + 1, 2];
			engine.extraction = { ...GOOD_EXTRACTION, quality };
			engine.png = Uint8Array.of(index);
			reader.answer({ width, height, dpi: 500 + index, data: new Uint8Array(width * height) });
			const complete = (await client.drain()).at(-1);
			if (index === 2) {
				expect(complete).toMatchObject({ type: 'scan:complete', image: 'AQ==', width: 2, height: 2, dpi: 501 });
				return;
			}
			reader.answer();
			await client.drain();
		}
	});

	it.each(['an admin', 'a key with the permission'])('is for %s', async (who) => {
		const server = await TestServer.start();
		const client = await server.join(who === 'an admin' ? 'admin' : await imageKey(server));
		client.send({ type: 'scan:start', deviceId: REAL, options: { image: true } });
		await client.drain();
		server.components.reader.answer();
		const complete = (await client.drain()).find(({ type }) => type === 'scan:complete');
		expect(complete).toHaveProperty('image');
	});

	it('is refused to a key without the permission, and starts no scan', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		client.send({ type: 'scan:start', deviceId: REAL, options: { image: true } });
		expect(await client.drain()).toMatchObject([
			{
				type: 'scan:error',
				deviceId: REAL,
				message: 'This key lacks the permission fingerprint:image',
				code: 4003,
				retryable: false,
				details: { permission: 'fingerprint:image' },
			},
		]);
		await startScan(client, {});
	});

	it('needs fingerprint:scan as well', async () => {
		const server = await TestServer.start();
		const client = await server.join(await server.key('live', { permissions: ['fingerprint:image'] }));
		client.send({ type: 'scan:start', deviceId: REAL, options: { image: true } });
		expect(await client.drain()).toMatchObject([{ code: 4003, details: { permission: 'fingerprint:scan' } }]);
	});

	it('sends subscribers with the same key and admins the event without the image', async () => {
		const server = await TestServer.start();
		server.components.engine.png = png();
		const key = await imageKey(server);
		const [watcher, admin, starter] = [await server.join(key), await server.join('admin'), await server.join(key)];
		watcher.send({ type: 'subscribe', deviceId: REAL });
		await watcher.drain();
		await startScan(starter);
		const { image, ...shared } = (await touch(server, starter)) as { image?: string };
		expect(image).toBe(Buffer.from(png()).toString('base64'));
		for (const client of [watcher, admin]) {
			const messages = await client.drain();
			expect(messages).toContainEqual(shared);
			expect(JSON.stringify(messages)).not.toContain(image?.slice(40, 80));
		}
	});

	it('delivers the largest image, also to a client that does not read for a while', async () => {
		const server = await TestServer.start();
		server.components.engine.png = png(MAX_PNG_BYTES);
		const client = await server.join(await imageKey(server));
		for (const isPaused of [false, true, true]) {
			await startScan(client);
			if (isPaused) client.socket.pause();
			server.components.reader.answer();
			await (await server.join('live')).close();
			client.socket.resume();
			expect((await client.drain()).at(-1)).toMatchObject({
				image: Buffer.from(png(MAX_PNG_BYTES)).toString('base64'),
			});
		}
	});

	it('fails at the first touch if the image is larger than 512 KiB', async () => {
		const server = await TestServer.start();
		server.components.engine.png = png(MAX_PNG_BYTES + 1);
		const client = await server.join(await imageKey(server));
		await startScan(client, { image: true, scansRequired: 3 });
		expect(await touch(server, client)).toMatchObject({
			type: 'scan:error',
			message:
				'Field "options.image" is wrong: the image of this reader has 513 KiB as a PNG, more than 512 KiB; start the scan without it',
			code: 6002,
			retryable: false,
			details: { field: 'options.image' },
		});
		await startScan(client, {});
	});
});
