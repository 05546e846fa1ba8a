import { describe, expect, it } from 'vitest';
import { encodeIsoRecord, type Minutia } from '../../biometrics/worker-engine.ts';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, REAL, TestServer } from '../testing/test-server.ts';

const MINUTIA: Minutia = { kind: 'bifurcation', x: 10, y: 20, angle: 1, quality: 80 };

/** Returns a valid template, different for each quality. */
function template(quality: number, minutiae = [MINUTIA]): string {
	const record = { width: 300, height: 375, dpi: 500, quality, minutiae };
	return Buffer.from(encodeIsoRecord(record)).toString('base64');
}

async function startVerification(client: TestClient, request: object) {
	client.send({ type: 'verify:start', deviceId: REAL, ...request });
	const { scanId, ...rest } = await client.next('verify:started');
	expect(rest).toEqual({ type: 'verify:started', deviceId: REAL, timestamp: NOW });
	return { scanId, deviceId: REAL };
}

async function joined(key?: Parameters<TestServer['key']>[1]) {
	const server = await TestServer.start();
	return { server, client: await server.join(await server.key('live', key)) };
}

describe('a verification', () => {
	it('matches one touch with one template', async () => {
		const { server, client } = await joined();
		const ids = await startVerification(client, { template: template(80) });
		server.components.clock.advance(900);
		server.components.reader.answer();
		const timestamp = '2026-01-01T00:00:00.900Z';
		expect(await client.drain()).toEqual([
			{ type: 'fingerprint:detected', ...ids, quality: 80, timestamp },
			{
				type: 'verify:complete',
				...ids,
				match: true,
				score: 71,
				matchedIndex: 0,
				quality: 80,
				verifyTime: 900,
				timestamp,
			},
		]);
		expect(server.components.engine.candidates.map((bytes) => Buffer.from(bytes).toString('base64'))).toEqual([
			template(80),
		]);
	});

	it('reports the score of a finger that does not match, and no error', async () => {
		const { server, client } = await joined();
		server.components.engine.comparison = { isMatch: false, score: 9, index: 1 };
		await startVerification(client, { templates: [template(1), template(2)] });
		server.components.reader.answer();
		expect((await client.drain()).at(-1)).toMatchObject({ match: false, score: 9, matchedIndex: null });
		expect(server.components.engine.candidates).toHaveLength(2);
	});

	it('fails and is stopped like a scan', async () => {
		const { client } = await joined();
		const ids = await startVerification(client, { template: template(80), options: { timeout: 5_000 } });
		client.send({ type: 'verify:start', deviceId: REAL, template: template(80) });
		expect(await client.next('scan:error')).toMatchObject({ code: 1002, retryable: true, deviceId: REAL });
		client.send({ type: 'scan:stop', scanId: ids.scanId });
		expect(await client.next('scan:stopped')).toEqual({ type: 'scan:stopped', scanId: ids.scanId, timestamp: NOW });
	});

	it('times out like a scan', async () => {
		const { server, client } = await joined();
		const ids = await startVerification(client, { template: template(80), options: { timeout: 5_000 } });
		server.components.clock.advance(5_000);
		expect(await client.next('scan:timeout')).toMatchObject(ids);
	});

	it('refuses a touch of low quality', async () => {
		const { server, client } = await joined();
		await startVerification(client, { template: template(80), options: { qualityThreshold: 90 } });
		server.components.reader.answer();
		expect((await client.drain()).at(-1)).toMatchObject({ code: 2001, details: { quality: 80, qualityThreshold: 90 } });
	});

	it.each([
		['no template', {}, 'template'],
		['both forms', { template: template(1), templates: [template(1)] }, 'template'],
		['an empty list', { templates: [] }, 'templates'],
		['51 templates', { templates: Array.from({ length: 51 }, () => template(1)) }, 'templates'],
		['text that is not base64', { template: 'not base64!' }, 'template'],
		['bytes that are not a record', { template: 'AQID' }, 'template'],
		['a record without minutiae', { template: template(1, []) }, 'template'],
		['a damaged record among good ones', { templates: [template(1), 'AQID'] }, 'templates.1'],
		['a short timeout', { template: template(1), options: { timeout: 1 } }, 'options.timeout'],
	])('refuses %s and names the field', async (_what, request, field) => {
		const { client } = await joined();
		client.send({ type: 'verify:start', deviceId: REAL, ...request });
		const refusal = await client.next('scan:error');
		expect(refusal).toMatchObject({ code: 6002, retryable: false, deviceId: REAL, details: { field } });
		expect(refusal.error).toContain(`"${field}"`);
	});

	it('needs the permission fingerprint:verify only', async () => {
		const { client } = await joined({ permissions: ['fingerprint:scan'] });
		client.send({ type: 'verify:start', deviceId: REAL, template: template(1) });
		expect(await client.next('scan:error')).toMatchObject({
			code: 4003,
			deviceId: REAL,
			details: { permission: 'fingerprint:verify' },
		});
		const other = await joined({ permissions: ['fingerprint:verify'] });
		const { scanId } = await startVerification(other.client, { template: template(1) });
		other.client.send({ type: 'scan:stop', scanId });
		await other.client.next('scan:stopped');
	});
});
