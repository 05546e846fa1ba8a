import { describe, expect, it } from 'vitest';
import { AdminTokens } from '../access/admin-tokens.ts';
import { encodeIsoRecord, type Minutia } from '../biometrics/worker-engine.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { FakeClock } from '../time/testing/fake-clock.ts';
import type { TestClient } from './testing/test-client.ts';
import { REAL, TestServer } from './testing/test-server.ts';

const HOUR_MS = 3_600_000;
const UNKNOWN_KEY = `ak_live_${'x'.repeat(32)}`;
const MINUTIAE = Array.from(
	{ length: 8 },
	(_, i): Minutia => ({ kind: 'bifurcation', x: 10 * i, y: 20, angle: 1, quality: 80 }),
);
const TEMPLATE = Buffer.from(
	encodeIsoRecord({ width: 300, height: 375, dpi: 500, quality: 80, minutiae: MINUTIAE }),
).toString('base64');

type Step = (clock: FakeClock) => void;

const STEPS: readonly [string, Step][] = [
	['is set forward by 7 hours', (clock) => clock.stepWallClock(7 * HOUR_MS)],
	['is set back by 7 hours', (clock) => clock.stepWallClock(-7 * HOUR_MS)],
];

async function authErrorOf(client: TestClient, credentials: object) {
	client.send({ type: 'auth', ...credentials });
	return client.next('auth:error');
}

/** What clients notice while everything runs: a client is connected, a scan runs, and limits are active. */
describe.each(STEPS)('a server whose wall clock %s', (_what, step) => {
	it('measures scans and verifications', async () => {
		const server = await TestServer.start();
		const { clock, reader } = server.components;
		const client = await server.join('live');
		client.send({ type: 'scan:start', deviceId: REAL });
		await client.next('scan:started');
		step(clock);
		clock.advance(1_250);
		reader.answer();
		await client.next('fingerprint:detected');
		expect(await client.next('scan:complete')).toMatchObject({ scanTime: 1_250 });

		client.send({ type: 'verify:start', deviceId: REAL, template: TEMPLATE });
		await client.next('verify:started');
		step(clock);
		clock.advance(900);
		reader.answer();
		await client.next('fingerprint:detected');
		expect(await client.next('verify:complete')).toMatchObject({ verifyTime: 900 });
	});

	it('ends a scan after its timeout', async () => {
		const server = await TestServer.start();
		const { clock } = server.components;
		const client = await server.join('live');
		client.send({ type: 'scan:start', deviceId: REAL, options: { timeout: 5_000 } });
		await client.next('scan:started');
		step(clock);
		clock.advance(4_999);
		expect(await client.drain()).toEqual([]);
		clock.advance(1);
		await client.next('scan:timeout');
	});

	it('limits scans for a minute', async () => {
		const server = await TestServer.start({ scansPerMinute: 1 });
		const { clock, reader } = server.components;
		const client = await server.join('live');
		client.send({ type: 'scan:start', deviceId: REAL });
		await client.next('scan:started');
		reader.answer();
		await client.drain();
		step(clock);
		client.send({ type: 'scan:start', deviceId: REAL });
		expect(await client.next('scan:error')).toMatchObject({ code: 4004, details: { retryAfter: 60 } });
		clock.advance(60_000);
		await client.drain();
		client.send({ type: 'scan:start', deviceId: REAL });
		await client.next('scan:started');
	});

	it('throttles wrong keys for a minute', async () => {
		const server = await TestServer.start();
		const { clock } = server.components;
		for (let i = 0; i < 5; i++) await authErrorOf(await server.connect(), { apiKey: UNKNOWN_KEY });
		step(clock);
		clock.advance(20_000);
		expect(await authErrorOf(await server.connect(), { apiKey: UNKNOWN_KEY })).toMatchObject({
			code: 4004,
			details: { retryAfter: 40 },
		});
		clock.advance(40_000);
		expect(await authErrorOf(await server.connect(), { apiKey: UNKNOWN_KEY })).toMatchObject({ code: 4001 });
	});

	it('keeps its uptime, heartbeat and clients', async () => {
		const server = await TestServer.start();
		const { clock } = server.components;
		const client = await server.join('live');
		step(clock);
		clock.advance(29_999);
		expect(await client.drain()).toEqual([]);
		clock.advance(1);
		await client.next('ping');
		client.send({ type: 'pong' });
		server.components.announce('running');
		expect(await client.next('service:status')).toMatchObject({ uptime: 30 });
	});

	it('opens a reader again after 1 s, and after 2 s when it fails again soon', async () => {
		const server = await TestServer.start();
		const { clock, driver, reader, registry } = server.components;
		const client = await server.join('live');
		for (const delayMs of [1_000, 2_000]) {
			driver.fault(reader, new ServiceError('DEVICE_TIMEOUT'));
			await client.drain();
			step(clock);
			clock.advance(delayMs - 1);
			await client.drain();
			expect(registry.get(REAL)?.status).toBe('error');
			clock.advance(1);
			await client.drain();
			expect(registry.get(REAL)?.status).toBe('idle');
			step(clock);
		}
	});

	it('accepts the token of a command that starts now', async () => {
		const server = await TestServer.start();
		const { clock, dataDir } = server.components;
		step(clock);
		const command = await AdminTokens.open({ dataDir, clock });
		const client = await server.connect();
		client.send({ type: 'auth', token: await command.issue() });
		await client.next('auth:success');
	});
});

describe('a key that expires in an hour', () => {
	it('is refused once the clock is set forward, and accepted with a warning once it is set back', async () => {
		const server = await TestServer.start();
		const { clock } = server.components;
		const apiKey = await server.key('live', { expiresAt: clock.now() + HOUR_MS });
		const client = await server.join(apiKey);
		clock.stepWallClock(7 * HOUR_MS);
		expect(await authErrorOf(await server.connect(), { apiKey })).toMatchObject({ code: 4005 });
		clock.advance(60_000);
		expect(await client.closed()).toMatchObject({ code: 4005 });
		clock.stepWallClock(-7 * HOUR_MS);
		const admin = await server.join('admin');
		await server.join(apiKey);
		const warnings = (await admin.drain()).filter(
			(message) => message.type === 'log:entry' && message.level === 'warn',
		);
		expect(warnings).toMatchObject([
			{ message: expect.stringMatching(/^The clock of this computer was set back, so expired keys are valid again/) },
		]);
	});
});
