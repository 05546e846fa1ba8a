import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { AdminTokens } from '../../access/admin-tokens.ts';
import { AuthThrottle } from '../../access/auth-throttle.ts';
import { Authenticator } from '../../access/authenticator.ts';
import type { NewKey } from '../../access/key-record.ts';
import { KeyStore } from '../../access/key-store.ts';
import { OriginDecisions } from '../../access/origin-decisions.ts';
import { type Settings, settingsSchema } from '../../config/settings-schema.ts';
import { DeviceIds } from '../../devices/device-ids.ts';
import { DeviceRegistry } from '../../devices/device-registry.ts';
import { FakeFingerSynthesis } from '../../devices/drivers/virtual/testing/fake-finger-synthesis.ts';
import { VirtualDriver } from '../../devices/drivers/virtual/virtual-driver.ts';
import { FakeDriver, FakeReader } from '../../devices/testing/fake-driver.ts';
import { createLogging } from '../../log/logging.ts';
import { ServiceError } from '../../protocol/errors.ts';
import type { ServiceStatus } from '../../protocol/server-messages.ts';
import { ScanService } from '../../scans/scan-service.ts';
import { FakeClock } from '../../time/testing/fake-clock.ts';
import { FingerprintServer } from '../fingerprint-server.ts';
import { HttpListener } from '../http/http-listener.ts';
import { FakeEngine } from './fake-engine.ts';
import { type ConnectOptions, TestClient } from './test-client.ts';

/** Ids of the readers of a test server: two virtual ones and a `FakeReader`. */
export const VIRTUAL = 'device-001';
export const OTHER_VIRTUAL = 'device-002';
export const REAL = 'device-003';

/** Timestamp of every message until a test advances the clock. */
export const NOW = '2026-01-01T00:00:00.000Z';

export interface TestServerOptions {
	/** Settings that differ from the defaults; the port is any free one. */
	readonly server?: Partial<Settings['server']>;
	/** Default 10. */
	readonly scansPerMinute?: number;
}

/** Creates the components of a test server, which tests use to control and check it. */
async function createComponents({ server: settings, scansPerMinute = 10 }: TestServerOptions) {
	const dataDir = await mkdtemp(join(tmpdir(), 'fingerprint-server-'));
	const clock = new FakeClock();
	const logging = createLogging({ level: 'info', clock });
	const logger = logging.createLogger('Test');
	const [driver, reader, synthesis, engine] = [
		new FakeDriver(),
		new FakeReader(),
		new FakeFingerSynthesis(),
		new FakeEngine(),
	];
	const virtual = new VirtualDriver({ clock, autoTouch: false, touchDelayMs: 700, synthesis });
	const ids = await DeviceIds.open({ dataDir, logger });
	const registry = new DeviceRegistry({ drivers: [virtual, driver], ids, clock, logger });
	const scans = new ScanService({ registry, engine, clock, logger, scansPerMinute });
	const keys = await KeyStore.open({ dataDir, clock, logger });
	const tokens = await AdminTokens.open({ dataDir, clock });
	const serverSettings = settingsSchema.shape.server.parse({ port: 0, ...settings });
	const { allowedOrigins: allowed, blockedOrigins: blocked } = serverSettings;
	const origins = new OriginDecisions({ allowed, blocked }, clock);
	let status: ServiceStatus = 'starting';
	const server = new FingerprintServer({
		settings: serverSettings,
		origins,
		authenticator: new Authenticator({ keys, tokens, throttle: new AuthThrottle(clock) }),
		ports: { registry, scans, virtual, clock },
		status: () => status,
		logger,
	});
	keys.on('revoked', (keyId) => server.closeSessionsOf(keyId));
	logging.ring.subscribe((entry) => server.sendLog(entry));
	const listener = new HttpListener({ handlerFor: () => server, logger });
	const open = () => listener.open(serverSettings);
	const announce = (next: ServiceStatus) => {
		status = next;
		server.announceStatus();
	};
	return {
		dataDir,
		clock,
		driver,
		reader,
		synthesis,
		engine,
		registry,
		scans,
		keys,
		tokens,
		origins,
		server,
		listener,
		open,
		announce,
	};
}

type TestComponents = Awaited<ReturnType<typeof createComponents>>;

/** A running server on real sockets with a `FakeClock`; stopped automatically when the test has finished. */
export class TestServer {
	readonly port: number;
	readonly components: TestComponents;
	private stopped: Promise<void> | undefined;

	private constructor(components: TestComponents, port: number) {
		this.components = components;
		this.port = port;
	}

	static async start(options: TestServerOptions = {}): Promise<TestServer> {
		const components = await createComponents(options);
		const test = new TestServer(components, (await components.open()).port);
		onTestFinished(() => test.stop());
		await components.registry.start();
		components.driver.plug(components.reader);
		while (components.registry.list().some(({ status }) => status !== 'idle')) await setImmediate();
		components.announce('running');
		return test;
	}

	connect(options?: ConnectOptions): Promise<TestClient> {
		return TestClient.connect(this.port, options);
	}

	/** Creates a key. */
	async key(environment: 'live' | 'test', more: Partial<NewKey> = {}): Promise<string> {
		return (await this.components.keys.create({ name: 'A test', environment, ...more })).key;
	}

	async revokeAll(): Promise<void> {
		for (const { id } of this.components.keys.list()) await this.components.keys.revoke(id);
	}

	/**
	 * Connects and authenticates a client that has read its initial messages.
	 *
	 * @param as a key, `live` or `test` for a new key, or `admin` for a token
	 */
	async join(as: string, options?: ConnectOptions): Promise<TestClient> {
		const client = await this.connect(options);
		if (as === 'admin') client.send({ type: 'auth', token: await this.components.tokens.issue() });
		else client.send({ type: 'auth', apiKey: as === 'live' || as === 'test' ? await this.key(as) : as });
		await client.next('auth:success');
		await client.drain();
		return client;
	}

	/** Stops in the order of the service and checks that no timer is left. Idempotent. */
	stop(): Promise<void> {
		this.stopped ??= this.stopParts();
		return this.stopped;
	}

	private async stopParts(): Promise<void> {
		const { dataDir, clock, registry, scans, keys, server, listener, announce } = this.components;
		announce('stopping');
		scans.failAll(new ServiceError('SERVICE_UNAVAILABLE', { message: 'Service is stopping' }));
		await server.close();
		await listener.close();
		await registry.stop();
		await keys.close();
		await rm(dataDir, { recursive: true });
		expect(clock.pending).toBe(0);
	}
}
