import { describe, expect, it } from 'vitest';
import { ansi2009Record } from '../../biometrics/testing/record-bytes.ts';
import { convertRecord, encodeIsoRecord, type Minutia, readRecord } from '../../biometrics/worker-engine.ts';
import { TEMPLATE_FORMATS } from '../../protocol/template-formats.ts';
import type { TestClient } from '../testing/test-client.ts';
import { NOW, REAL, TestServer } from '../testing/test-server.ts';

const MINUTIAE: readonly Minutia[] = Array.from({ length: 8 }, (_, i) => ({
	kind: 'bifurcation',
	x: 10 * i,
	y: 20,
	angle: 1,
	quality: 80,
}));

/** Returns a valid template, different for each quality. */
function template(quality: number, minutiae = MINUTIAE): string {
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
	it('returns no image, also if its options request one', async () => {
		const { server, client } = await joined();
		await startVerification(client, { template: template(80), options: { image: true } });
		server.components.reader.answer();
		const complete = (await client.drain()).at(-1);
		expect(complete).toMatchObject({ type: 'verify:complete' });
		expect(complete).not.toHaveProperty('image');
	});

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
				threshold: 40,
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

	it.each([
		['the default', {}, 0.0001],
		['the rate of the client', { falseMatchRate: 0.000001 }, 0.000001],
	])('verifies with %s as false match rate', async (_, options, falseMatchRate) => {
		const { server, client } = await joined();
		await startVerification(client, { template: template(80), options });
		server.components.reader.answer();
		await client.drain();
		expect(server.components.engine.falseMatchRate).toBe(falseMatchRate);
	});

	it.each([0, 0.0000009, 0.011, '0.001'])('refuses the false match rate %s', async (falseMatchRate) => {
		const { client } = await joined();
		client.send({ type: 'verify:start', deviceId: REAL, template: template(80), options: { falseMatchRate } });
		expect(await client.next('scan:error')).toMatchObject({
			code: 6002,
			details: { field: 'options.falseMatchRate' },
		});
	});

	it('reports the score of a finger that does not match, and no error', async () => {
		const { server, client } = await joined();
		server.components.engine.comparison = { isMatch: false, score: 9, threshold: 43.1, index: 1 };
		await startVerification(client, { templates: [template(1), template(2)] });
		server.components.reader.answer();
		expect((await client.drain()).at(-1)).toMatchObject({
			match: false,
			score: 9,
			threshold: 43.1,
			matchedIndex: null,
		});
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
		['a record with 7 minutiae', { template: template(1, MINUTIAE.slice(1)) }, 'template'],
		['a damaged record among good ones', { templates: [template(1), 'AQID'] }, 'templates.1'],
		['a short timeout', { template: template(1), options: { timeout: 1 } }, 'options.timeout'],
	])('refuses %s and names the field', async (_what, request, field) => {
		const { client } = await joined();
		client.send({ type: 'verify:start', deviceId: REAL, ...request });
		const refusal = await client.next('scan:error');
		expect(refusal).toMatchObject({ code: 6002, retryable: false, deviceId: REAL, details: { field } });
		expect(refusal.error).toContain(`"${field}"`);
	});

	const RECORD = Buffer.from(template(80), 'base64');

	it.each<[string, Uint8Array]>([
		...TEMPLATE_FORMATS.map((format): [string, Uint8Array] => [format, convertRecord(RECORD, 2, format)]),
		['ansi-378:2009', ansi2009Record(readRecord(RECORD))],
		['a padded record', Buffer.concat([RECORD, Buffer.alloc(500)])],
	])('accepts a template of %s', async (_format, bytes) => {
		const { client } = await joined();
		await startVerification(client, { template: Buffer.from(bytes).toString('base64') });
	});

	it.each([
		['with line breaks', template(80).replaceAll(/.{76}/g, '$&\n')],
		['in the URL-safe alphabet', RECORD.toString('base64url')],
		['without padding', template(80).replaceAll('=', '')],
		['after a data: prefix', `data:application/octet-stream;base64,${template(80)}`],
	])('accepts a template in base64 %s', async (_form, text) => {
		const { server, client } = await joined();
		await startVerification(client, { templates: [text] });
		server.components.reader.answer();
		await client.drain();
		expect(server.components.engine.candidates.map((bytes) => Buffer.from(bytes))).toEqual([RECORD]);
	});

	it.each([
		['a PNG image', '\x89PNG\r\n\x1a\n', 'it is a PNG image'],
		['a WSQ image', '\xff\xa0\xff\xa4', 'it is a WSQ image'],
		['JSON', '{"minutiae":[]}', 'it is JSON text'],
		['a record cut short', RECORD.subarray(0, 50).toString('latin1'), 'not a usable ISO/IEC 19794-2:2005 record'],
	])('refuses %s and names what it looks like', async (_what, content, text) => {
		const { client } = await joined();
		client.send({ type: 'verify:start', deviceId: REAL, template: Buffer.from(content, 'latin1').toString('base64') });
		const { code, error } = await client.next('scan:error');
		expect(code).toBe(6002);
		expect(error).toContain(`Field "template" is wrong: ${text}`);
	});

	it.each([
		['names the view that matches of a template with several', true, 3, 3],
		['names no view without a match', false, 3, undefined],
		['names no view of a template with one', true, undefined, undefined],
	])('%s', async (_what, isMatch, viewIndex, matchedView) => {
		const { server, client } = await joined();
		server.components.engine.comparison = { isMatch, score: 50, threshold: 40, index: 0, viewIndex };
		await startVerification(client, { template: template(80) });
		server.components.reader.answer();
		expect(((await client.drain()).at(-1) as { matchedView?: number }).matchedView).toBe(matchedView);
	});

	it('needs only the permission fingerprint:verify', async () => {
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
