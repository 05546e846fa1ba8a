import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { AuditEntry } from '../log/audit/audit-entry.ts';
import { readTrail, verifyTrail } from '../log/audit/verify-trail.ts';
import { createLogging } from '../log/logging.ts';
import type { IssuedKey } from '../operator/contract.ts';
import type { OperatorSession } from '../operator/operator-session.ts';
import type { ServerMessageOf, ServerMessageType } from '../protocol/server-messages.ts';
import { TestClient } from '../server/testing/test-client.ts';
import { FingerprintService } from './fingerprint-service.ts';
import { auditDir } from './open-audit-trail.ts';

const PAGE = 'http://localhost:3000';

async function createService({ isDesktop = true } = {}) {
	const dataDir = await mkdtemp(join(tmpdir(), 'service-audit-'));
	const flags = {
		server: { port: 0 },
		virtual: { touchDelayMs: 0 },
		hid: { enabled: false },
		zkfinger: { enabled: false },
	};
	const logging = createLogging({ level: 'error' });
	const service = new FingerprintService({ dataDir, env: {}, flags, logging, isDesktop });
	onTestFinished(async () => {
		await service.close();
		await rm(dataDir, { recursive: true });
	});
	return { service, dataDir, logging };
}

async function readEntries(dataDir: string): Promise<AuditEntry[]> {
	const entries: AuditEntry[] = [];
	for await (const entry of readTrail(auditDir(dataDir))) entries.push(entry);
	return entries;
}

async function call(session: OperatorSession, operation: string, input: unknown = {}): Promise<unknown> {
	const reply = await session.call(operation, input);
	return reply.ok ? reply.result : reply.problem;
}

/** Sends a message and returns the first later message of the type. */
function ask<T extends ServerMessageType>(
	{ socket }: TestClient,
	message: object,
	type: T,
): Promise<ServerMessageOf<T>> {
	return new Promise((resolve) => {
		socket.on('message', (data) => {
			const received = JSON.parse(String(data));
			if (received.type === type) resolve(received);
		});
		socket.send(JSON.stringify(message));
	});
}

async function authenticate(port: number, apiKey: string, answer: ServerMessageType): Promise<TestClient> {
	const client = await TestClient.connect(port, { host: 'localhost', origin: PAGE });
	await ask(client, { type: 'auth', apiKey }, answer);
	return client;
}

it('records who did what in a session, without secrets, in an intact chain', async () => {
	const { service, dataDir } = await createService();
	const { port } = await service.start();
	const session = service.openOperatorSession();
	const issued = (await call(session, 'key:create', { name: 'Front desk', environment: 'test' })) as IssuedKey;
	const client = await authenticate(port, issued.secret, 'auth:success');
	const { template } = await ask(client, { type: 'scan:start', deviceId: 'device-001' }, 'scan:complete');
	await ask(client, { type: 'verify:start', deviceId: 'device-002', template }, 'verify:complete');
	await authenticate(port, `ak_test_${'x'.repeat(32)}`, 'auth:error');
	await call(session, 'key:revoke', { id: issued.key.id });
	await authenticate(port, issued.secret, 'auth:error');
	await call(session, 'origin:decide', { origin: 'https://app.example', decision: 'allow' });
	await call(session, 'origin:forget', { origin: 'https://app.example' });
	await call(session, 'settings:write', { values: { 'log.level': 'warn', 'scans.perMinute': 20 } });
	await call(session, 'settings:write', { values: { 'log.level': 'loud' } });
	await call(session, 'ak_live_nonsense');
	await call(session, 'trial:scan', { deviceId: 'device-001' });
	await service.close();

	const key = { keyId: issued.key.id, keyName: 'Front desk' };
	const by = expect.stringMatching(/^operator-[\w-]+$/);
	const page = { ...key, origin: PAGE };
	const counted = { count: 1, since: expect.any(String) };
	const changed = { ...key, environment: 'test', permissions: issued.key.permissions, by };
	const scan = { scanId: expect.stringMatching(/^scan-/), outcome: 'complete', ...page };
	const entries = await readEntries(dataDir);
	expect(entries.map(({ event, facts }) => [event, facts])).toEqual([
		['service:started', { version: expect.any(String), addresses: [`ws://localhost:${port}`] }],
		['operator:opened', { session: by }],
		['key:created', changed],
		['auth:success', page],
		['scan', { kind: 'scan', deviceId: 'device-001', serialNumber: 'VIRTUAL-0001', ...scan }],
		[
			'scan',
			{
				kind: 'verification',
				match: expect.any(Boolean),
				deviceId: 'device-002',
				serialNumber: 'VIRTUAL-0002',
				...scan,
			},
		],
		['key:revoked', changed],
		['origin:decided', { origin: 'https://app.example', decision: 'allow', by }],
		['origin:decided', { origin: 'https://app.example', decision: 'forget', by }],
		['settings:changed', { fields: ['log.level', 'scans.perMinute'], by }],
		['operator:action', { action: 'settings:write', outcome: 'failure', error: 'CONFIGURATION_ERROR', by }],
		['operator:action', { action: 'trial:scan', outcome: 'success', deviceId: 'device-001', by }],
		['auth:failure', { error: 'INVALID_API_KEY', origin: PAGE, ...counted }],
		['auth:failure', { error: 'API_KEY_REVOKED', ...page, ...counted }],
		['service:stopped', {}],
		['operator:closed', { session: by }],
	]);
	expect(await verifyTrail(auditDir(dataDir))).toMatchObject({ problems: [], entries: 16 });
	const text = entries.map(({ line }) => line).join('\n');
	for (const secret of [issued.secret, template, 'score', 'nonsense', 'hash":"ak', 'warn'])
		expect(text).not.toContain(secret);
	expect((await readdir(auditDir(dataDir))).every((name) => name.endsWith('.jsonl'))).toBe(true);
});

it('records wrong links and tokens of the operator window, counted', async () => {
	const { service, dataDir } = await createService({ isDesktop: false });
	const { port } = await service.start();
	for (const ticket of ['wrong', 'wrong']) {
		await fetch(`http://localhost:${port}/console/session`, { method: 'POST', body: JSON.stringify({ ticket }) });
	}
	const window = new WebSocket(`ws://localhost:${port}/console/socket`);
	await new Promise((resolve) => window.addEventListener('open', resolve));
	window.send(JSON.stringify({ type: 'auth', token: 'wrong' }));
	await new Promise((resolve) => window.addEventListener('close', resolve));
	await service.close();
	const failures = (await readEntries(dataDir)).filter(({ event }) => event === 'auth:failure');
	expect(failures.map(({ facts }) => facts)).toEqual([
		{ error: 'INVALID_API_KEY', target: 'window', count: 3, since: expect.any(String) },
	]);
});

it('records a start that failed, and every later run', async () => {
	const { service, dataDir } = await createService();
	await writeFile(join(dataDir, 'devices.json'), '{"damaged');
	await expect(service.start()).rejects.toThrow();
	await rm(join(dataDir, 'devices.json'));
	await service.start();
	await service.stop();
	await service.start();
	await service.close();
	expect((await readEntries(dataDir)).map(({ event }) => event)).toEqual([
		'service:failed',
		'service:started',
		'service:stopped',
		'service:started',
		'service:stopped',
	]);
});

it('scans although the trail cannot be written, and logs that', async () => {
	const { service, dataDir, logging } = await createService();
	await writeFile(auditDir(dataDir), 'a file where the folder should be');
	const { port } = await service.start();
	const { key } = await (await service.keys()).create({ name: 'A', environment: 'test' });
	const client = await authenticate(port, key, 'auth:success');
	await ask(client, { type: 'scan:start', deviceId: 'device-001' }, 'scan:complete');
	await service.close();
	const lines = logging.ring.entries().filter(({ name }) => name === 'AuditTrail');
	expect(lines).toEqual([
		expect.objectContaining({ level: 'error', message: expect.stringContaining('cannot be written') }),
	]);
	expect(await readFile(auditDir(dataDir), 'utf8')).toBe('a file where the folder should be');
});
