import { describe, expect, it } from 'vitest';
import { encodeIsoRecord, type FingerView, readRecord } from '../../biometrics/worker-engine.ts';
import { ServiceError } from '../../protocol/errors.ts';
import { TEMPLATE_FORMATS } from '../../protocol/template-formats.ts';
import { GOOD_EXTRACTION } from '../testing/fake-engine.ts';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, REAL, TestServer, VIRTUAL } from '../testing/test-server.ts';

/** Starts a scan and reads `scan:started`. @returns its id */
async function startScan(client: TestClient, options?: object, deviceId = REAL): Promise<string> {
	client.send({ type: 'scan:start', deviceId, ...(options && { options }) });
	const { scanId, ...rest } = await client.next('scan:started');
	expect(scanId).toMatch(/^scan-[a-z0-9]{12}$/);
	expect(rest).toEqual({ type: 'scan:started', deviceId, timestamp: NOW });
	return scanId;
}

/** Answers the waits of a scan for a touch or a lift, one after the other. @param times number of waits */
async function touch(server: TestServer, client: TestClient, times = 1) {
	const messages = [];
	for (let i = 0; i < times; i++) {
		server.components.reader.answer();
		messages.push(...(await client.drain()));
	}
	return messages;
}

const VIEW: FingerView = {
	width: 388,
	height: 374,
	dpi: 500,
	quality: 80,
	minutiae: [{ kind: 'bifurcation', x: 10, y: 20, angle: Math.PI / 2, quality: 30 }],
};

function scanError(code: number, text: string, more: object = {}) {
	return { type: 'scan:error', message: text, error: text, code, retryable: false, timestamp: NOW, ...more };
}

/** Starts a server, a client with a live key, and a scan on the real reader. */
async function scanning(options?: object) {
	const server = await TestServer.start();
	const client = await server.join('live');
	return { server, client, ids: { scanId: await startScan(client, options), deviceId: REAL } };
}

describe('a scan', () => {
	it('reports its start, the touch, and the template', async () => {
		const { server, client, ids } = await scanning();
		server.components.clock.advance(1_250);
		const timestamp = '2026-01-01T00:00:01.250Z';
		expect(await touch(server, client)).toEqual([
			{ type: 'fingerprint:detected', ...ids, quality: 80, timestamp },
			{
				type: 'scan:complete',
				...ids,
				template: 'AQID',
				quality: 80,
				scanTime: 1_250,
				format: 'iso-19794-2:2005',
				width: 4,
				height: 4,
				dpi: 500,
				minutiae: 1,
				hints: [],
				timestamp,
			},
		]);
	});

	it('repeats for each touch of an enrolment', async () => {
		const { server, client, ids } = await scanning({ scansRequired: 3 });
		const messages = await touch(server, client, 5);
		const detected = { type: 'fingerprint:detected', ...ids, quality: 80, timestamp: NOW };
		const progress = (scansCompleted: number) => ({
			type: 'scan:progress',
			...ids,
			scansCompleted,
			scansRequired: 3,
			message: 'Place finger again',
			timestamp: NOW,
		});
		const complete = expect.objectContaining({ type: 'scan:complete', ...ids });
		expect(messages).toEqual([detected, progress(1), detected, progress(2), detected, complete]);
	});

	it.each(TEMPLATE_FORMATS)('returns the template as %s and with the finger', async (format) => {
		const { server, client } = await scanning({ format, finger: 7 });
		server.components.engine.extraction = { ...GOOD_EXTRACTION, template: encodeIsoRecord(VIEW) };
		const message = (await touch(server, client)).at(-1);
		expect(message).toMatchObject({ type: 'scan:complete', format });
		const [view] = readRecord(Buffer.from((message as { template: string }).template, 'base64'));
		expect(view).toEqual({ ...VIEW, finger: 7 });
	});

	it.each(TEMPLATE_FORMATS)('returns the merged template of an enrolment as %s', async (format) => {
		const { server, client } = await scanning({ format, finger: 10, scansRequired: 2 });
		server.components.engine.extraction = { ...GOOD_EXTRACTION, template: encodeIsoRecord(VIEW) };
		const message = (await touch(server, client, 3)).at(-1);
		const [view] = readRecord(Buffer.from((message as { template: string }).template, 'base64'));
		expect(view).toEqual({ ...VIEW, finger: 10 });
	});

	it('times out after 30 seconds by default', async () => {
		const { server, client, ids } = await scanning();
		server.components.clock.advance(29_999);
		expect(await client.drain()).toEqual([]);
		server.components.clock.advance(1);
		const timestamp = '2026-01-01T00:00:30.000Z';
		expect(await client.drain()).toEqual([
			{ type: 'ping', timestamp },
			{ type: 'scan:timeout', ...ids, message: 'Scan timeout - no fingerprint detected', timestamp },
		]);
	});

	it('times out after the time in its options', async () => {
		const { server, client } = await scanning({ timeout: 1_000 });
		server.components.clock.advance(1_000);
		await client.next('scan:timeout');
	});

	it.each([
		[50, undefined, 'scan:complete'],
		[49, undefined, 'scan:error'],
		[20, { qualityThreshold: 20 }, 'scan:complete'],
		[59, { qualityThreshold: 60 }, 'scan:error'],
	])('with a finger of quality %i and options %j ends in %s', async (quality, options, end) => {
		const { server, client } = await scanning(options);
		server.components.engine.extraction = { ...GOOD_EXTRACTION, quality };
		expect((await touch(server, client)).map(({ type }) => type)).toEqual(['fingerprint:detected', end]);
	});

	it('reports why the quality is too low', async () => {
		const { server, client, ids } = await scanning();
		server.components.engine.extraction = { ...GOOD_EXTRACTION, quality: 30, hints: ['too-dry'] };
		const details = { quality: 30, qualityThreshold: 50, hints: ['too-dry'] };
		expect((await touch(server, client)).at(-1)).toEqual(
			scanError(2001, 'Low quality scan', { ...ids, retryable: true, details }),
		);
	});

	it('reports an internal error without details', async () => {
		const { server, client, ids } = await scanning();
		server.components.reader.fail(new TypeError('secret of the driver'));
		expect(await client.drain()).toEqual([scanError(5001, 'Internal server error', ids)]);
	});

	it('ends when its reader is unplugged, before device:disconnected', async () => {
		const { server, client, ids } = await scanning();
		server.components.driver.unplug(server.components.reader);
		expect(await client.drain()).toEqual([
			scanError(1003, 'Device disconnected', { ...ids, details: { deviceId: REAL } }),
			{ type: 'device:disconnected', deviceId: REAL, reason: 'Device unplugged', timestamp: NOW },
		]);
	});

	it.each([
		['DEVICE_INIT_FAILED', 1004, 'Device could not be initialised', false],
		['DEVICE_TIMEOUT', 1005, 'Device did not respond in time', true],
	] as const)('ends with the error of its reader: %s', async (name, code, text, retryable) => {
		const { server, client, ids } = await scanning();
		server.components.driver.fault(server.components.reader, new ServiceError(name));
		expect(await client.drain()).toEqual([scanError(code, text, { ...ids, retryable })]);
		client.send({ type: 'scan:start', deviceId: REAL });
		expect(await client.drain()).toEqual([scanError(code, text, { deviceId: REAL, retryable })]);
	});
});

describe('scan:start', () => {
	it('refuses options out of range and names the field', async () => {
		const server = await TestServer.start();
		const client = await server.join('live');
		const wrong = [
			{ timeout: 999 },
			{ timeout: 120_001 },
			{ timeout: '30 s' },
			{ qualityThreshold: -1 },
			{ qualityThreshold: 101 },
			{ scansRequired: 0 },
			{ scansRequired: 6 },
			{ scansRequired: 1.5 },
		];
		for (const options of wrong) {
			client.send({ type: 'scan:start', deviceId: REAL, options });
			const field = `options.${Object.keys(options)[0]}`;
			const text = expect.stringContaining(`"${field}"`);
			expect(await client.drain()).toEqual([
				{ ...scanError(6002, '', { deviceId: REAL, details: { field } }), message: text, error: text },
			]);
		}
	});

	it('refuses a busy reader with 1002 and does not affect its scan', async () => {
		const { server, client } = await scanning();
		const other = await server.join('live');
		other.send({ type: 'scan:start', deviceId: REAL });
		const ids = { deviceId: REAL, details: { deviceId: REAL } };
		expect(await other.drain()).toEqual([scanError(1002, 'Device is busy', { ...ids, retryable: true })]);
		expect((await touch(server, client)).at(-1)).toMatchObject({ type: 'scan:complete' });
	});

	it('refuses more scans a minute than the settings allow', async () => {
		const server = await TestServer.start({ scansPerMinute: 2 });
		const client = await server.join('live');
		for (let i = 0; i < 2; i++) {
			await startScan(client);
			await touch(server, client);
		}
		client.send({ type: 'scan:start', deviceId: REAL });
		const details = { deviceId: REAL, retryAfter: 60 };
		expect(await client.drain()).toEqual([
			scanError(4004, 'Too many requests', { deviceId: REAL, retryable: true, details }),
		]);
		server.components.clock.advance(60_000);
		await client.drain();
		client.send({ type: 'scan:start', deviceId: REAL });
		await client.next('scan:started');
	});

	it('needs fingerprint:scan', async () => {
		const server = await TestServer.start();
		const client = await server.join(await server.key('live', { permissions: ['device:read'] }));
		client.send({ type: 'scan:start', deviceId: REAL });
		const details = { permission: 'fingerprint:scan' };
		expect(await client.drain()).toEqual([
			scanError(4003, 'This key lacks the permission fingerprint:scan', { deviceId: REAL, details }),
		]);
	});
});

describe.each([
	['scan:start', {}],
	// The template is not a record, which a client that may not see the reader must not learn.
	['verify:start', { template: 'AQID' }],
])('%s', (type, request) => {
	it.each([
		['an unknown reader', 'live', 'device-099'],
		['a virtual reader with a live key', 'live', VIRTUAL],
		['a real reader with a test key', 'test', REAL],
	])('refuses %s with 1001', async (_what, as, deviceId) => {
		const server = await TestServer.start();
		const client = await server.join(as);
		client.send({ type, deviceId, ...request });
		expect(await client.drain()).toEqual([scanError(1001, 'Device not found', { deviceId, details: { deviceId } })]);
	});
});
