import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SETTINGS } from '../config/settings-schema.ts';
import { createLogging } from '../log/logging.ts';
import type {
	InputOf,
	LogLineView,
	OperatorEvent,
	OperatorOperation,
	OperatorProblem,
	OperatorTopic,
	OperatorTopics,
	ResultOf,
} from '../operator/contract.ts';
import type { OperatorSession } from '../operator/operator-session.ts';
import type { ServerMessage } from '../protocol/server-messages.ts';
import { ServiceClient } from '../server/service-client/service-client.ts';
import { handshakeLines, rawRequest } from '../server/testing/raw-request.ts';
import { FingerprintService } from './fingerprint-service.ts';

/** An operator session and the events it has received. */
class Operator {
	readonly topics: Partial<OperatorTopics> = {};
	readonly lines: LogLineView[] = [];
	readonly session: OperatorSession;

	constructor(session: OperatorSession) {
		this.session = session;
		session.follow((event) => this.receive(event));
	}

	/** Returns the result of the operation; fails the test if the operation fails. */
	async do<O extends OperatorOperation>(operation: O, input: InputOf<O>): Promise<ResultOf<O>> {
		const reply = await this.session.call(operation, input);
		if (!reply.ok) throw new Error(`${operation}: ${reply.problem.message}`);
		return reply.result as ResultOf<O>;
	}

	async fail(operation: string, input: unknown): Promise<OperatorProblem> {
		const reply = await this.session.call(operation, input);
		if (reply.ok) throw new Error(`${operation} did not fail`);
		return reply.problem;
	}

	/** Waits until the topic equals `expected`. */
	async see<T extends OperatorTopic>(topic: T, expected: unknown): Promise<OperatorTopics[T]> {
		return vi.waitFor(() => {
			expect(this.topics[topic]).toEqual(expected);
			return this.topics[topic] as OperatorTopics[T];
		});
	}

	private receive(event: OperatorEvent): void {
		if (event.topic === 'log') this.lines.push(...event.value);
		else Object.assign(this.topics, { [event.topic]: event.value });
	}
}

async function createService(options: { env?: NodeJS.ProcessEnv; touchDelayMs?: number; dataDir?: string } = {}) {
	const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'operator-')));
	const flags = {
		virtual: { touchDelayMs: options.touchDelayMs ?? 0 },
		hid: { enabled: false },
		zkfinger: { enabled: false },
	};
	const env = { FINGERPRINT_SERVER_PORT: '0', ...options.env };
	const logging = createLogging({ level: 'error' });
	const service = new FingerprintService({ dataDir, env, flags, logging, isDesktop: true });
	removeAfterTest(dataDir);
	onTestFinished(() => service.close());
	return { service, dataDir, logging, operator: new Operator(service.openOperatorSession()) };
}

const removed = new Set<string>();

/** Removes the folder once, after everything created later has been closed. */
function removeAfterTest(dataDir: string): void {
	if (removed.has(dataDir)) return;
	removed.add(dataDir);
	onTestFinished(() => rm(dataDir, { recursive: true }));
}

async function startService(options: Parameters<typeof createService>[0] = {}) {
	const created = await createService(options);
	const { port } = await created.service.start();
	return { ...created, port };
}

/** Connects a page and authenticates it. */
async function connectPage(port: number, apiKey: string, origin?: string): Promise<ServiceClient> {
	const client = await ServiceClient.connect({ host: 'localhost', port, ...(origin !== undefined && { origin }) });
	client.authenticate({ apiKey });
	await nextOf(client, 'auth:success');
	return client;
}

async function nextOf(client: ServiceClient, type: ServerMessage['type']): Promise<ServerMessage> {
	for await (const message of client.messages()) if (message.type === type) return message;
	throw new Error(`no ${type} message arrived`);
}

const TEST_KEY = { name: 'Front desk', environment: 'test' } as const;

describe('starting and stopping as an operator', () => {
	it('shows the state, and the address and the readers while the service is running', async () => {
		const { operator } = await createService();
		expect(operator.topics.service).toEqual({ phase: 'stopped' });
		expect(await operator.do('service:start', {})).toMatchObject({ phase: 'running' });
		await operator.see('service', {
			phase: 'running',
			since: expect.any(Number),
			addresses: [expect.stringMatching(/^ws:\/\/localhost:\d+$/)],
		});
		const virtual = { model: 'Virtual SLK20R', driver: 'virtual', isVirtual: true, status: 'idle' };
		await operator.see('readers', [
			expect.objectContaining({ id: 'device-001', serialNumber: 'VIRTUAL-0001', ...virtual }),
			expect.objectContaining({ id: 'device-002', serialNumber: 'VIRTUAL-0002', ...virtual }),
		]);
		await operator.do('service:stop', {});
		await operator.see('service', { phase: 'stopped' });
		await operator.see('readers', []);
	});

	it('shows why the service could not start, and starts it on a corrected port', async () => {
		const blocker = createServer().listen(0, '127.0.0.1');
		onTestFinished(() => void blocker.close());
		await new Promise((resolve) => blocker.once('listening', resolve));
		const { port } = blocker.address() as { port: number };
		const dataDir = await mkdtemp(join(tmpdir(), 'operator-'));
		await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ server: { port } }));
		const { operator } = await createService({ dataDir, env: { FINGERPRINT_SERVER_PORT: undefined } });
		expect(await operator.do('service:start', {})).toEqual({
			phase: 'failed',
			problem: expect.objectContaining({
				code: 5003,
				details: expect.objectContaining({ port, setting: 'server.port' }),
			}),
		});
		const line = { level: 'error', message: 'The service could not start' };
		await vi.waitFor(() => expect(operator.lines).toContainEqual(expect.objectContaining(line)));
		await operator.do('settings:write', { values: { 'server.port': 0 } });
		expect(await operator.do('service:start', {})).toMatchObject({ phase: 'running' });
	});

	it.each(['service:start', 'service:restart'] as const)(
		'logs no failure when the program exits before %s is done',
		async (operation) => {
			const { service, operator, logging } = await startService();
			const pending = [operator.do('service:stop', {}), operator.do(operation, {})];
			await service.close();
			expect(await Promise.all(pending)).toEqual([{ phase: 'stopped' }, { phase: 'stopped' }]);
			expect(logging.ring.entries().filter(({ level }) => level === 'error')).toEqual([]);
		},
	);

	it('shows the settings also when another service uses the data folder', async () => {
		const { dataDir } = await startService();
		const { operator } = await createService({ dataDir });
		expect(await operator.do('service:start', {})).toMatchObject({
			phase: 'failed',
			problem: { message: expect.stringContaining('is in use by') },
		});
		await operator.see(
			'settings',
			expect.objectContaining({ settings: expect.objectContaining({ length: SETTINGS.length }) }),
		);
	});

	it('applies changed settings on restart', async () => {
		const { operator } = await startService();
		await operator.do('settings:write', { values: { 'virtual.enabled': false } });
		await operator.see('settings', expect.objectContaining({ pending: ['virtual.enabled'] }));
		expect(operator.topics.readers).toHaveLength(2);
		await operator.do('service:restart', {});
		await operator.see('readers', []);
		await operator.see('settings', expect.objectContaining({ pending: [] }));
	});
});

describe('keys as the operator sees them', () => {
	it('are valid immediately after creation and refused immediately after revocation', async () => {
		const { operator, port } = await startService();
		const { secret, key } = await operator.do('key:create', TEST_KEY);
		expect(key).toMatchObject({ ...TEST_KEY, status: 'valid' });
		expect(JSON.stringify(operator.topics)).not.toContain(secret);
		const page = await connectPage(port, secret);
		await operator.see('connections', [expect.objectContaining({ name: 'Front desk', keyId: key.id, readers: [] })]);
		expect(await operator.do('key:revoke', { id: key.id })).toMatchObject({ status: 'revoked' });
		await operator.see('connections', []);
		await operator.see('keys', [expect.objectContaining({ id: key.id, status: 'revoked' })]);
		page.close();
	});

	it('get a new secret and keep their name when rotated, which revokes the old one', async () => {
		const { operator, port } = await startService();
		const old = await operator.do('key:create', TEST_KEY);
		const rotated = await operator.do('key:rotate', { id: old.key.id });
		await connectPage(port, rotated.secret).then((page) => page.close());
		await expect(connectPage(port, old.secret)).rejects.toThrow();
		await operator.see('keys', [
			expect.objectContaining({ id: old.key.id, status: 'revoked' }),
			expect.objectContaining({ id: rotated.key.id, name: 'Front desk', status: 'valid' }),
		]);
	});

	it('stay valid for the overlap of a rotation', async () => {
		const { operator, port } = await startService();
		const old = await operator.do('key:create', TEST_KEY);
		const rotated = await operator.do('key:rotate', { id: old.key.id, overlapMs: 86_400_000 });
		for (const { secret } of [old, rotated]) await connectPage(port, secret).then((page) => page.close());
		await operator.see('keys', [
			expect.objectContaining({
				id: old.key.id,
				status: 'valid',
				replacedBy: rotated.key.id,
				expiresAt: expect.any(String),
			}),
			expect.objectContaining({ id: rotated.key.id, status: 'valid' }),
		]);
		const tooLong = operator.do('key:rotate', { id: rotated.key.id, overlapMs: 31 * 86_400_000 });
		await expect(tooLong).rejects.toThrow('overlapMs must be 0 to 30 days in ms');
	});

	it('can be created while the service is stopped, and contain no hash', async () => {
		const { operator } = await createService();
		await operator.do('key:create', TEST_KEY);
		const [key] = await operator.see('keys', [expect.anything()]);
		expect(key).not.toHaveProperty('hash');
	});

	it.each([
		['name', { environment: 'test' }],
		['name', { name: '', environment: 'test' }],
		['environment', { name: 'A', environment: 'staging' }],
		['permissions.0', { ...TEST_KEY, permissions: ['fly'] }],
		['origins.0', { ...TEST_KEY, origins: ['not an origin'] }],
		['expiresAt', { ...TEST_KEY, expiresAt: 1 }],
	])('are refused with an invalid %s, which the error names', async (field, input) => {
		const { operator } = await createService();
		expect(await operator.fail('key:create', input)).toMatchObject({ error: 'INVALID_MESSAGE', details: { field } });
	});
});

describe('connections as the operator sees them', () => {
	it('contain the subscriptions, and can be closed', async () => {
		const { operator, port } = await startService();
		const { secret } = await operator.do('key:create', TEST_KEY);
		const page = await connectPage(port, secret);
		page.send({ type: 'subscribe', deviceId: 'device-002' });
		const [connection] = await operator.see('connections', [expect.objectContaining({ readers: ['device-002'] })]);
		await operator.do('connection:close', { id: connection?.id ?? '' });
		await operator.see('connections', []);
		expect(await operator.fail('connection:close', { id: connection?.id })).toMatchObject({
			error: 'RECORD_NOT_FOUND',
		});
	});
});

describe('origins as the operator sees them', () => {
	const APP = 'https://app.example';
	/** Connects as a page of `APP`. @returns the HTTP status */
	const connect = async (port: number) => (await rawRequest(port, ...handshakeLines('/', { Origin: APP }))).status;

	it('wait for a decision, may connect immediately when allowed, and stay allowed after a restart', async () => {
		const { operator, port, service, dataDir } = await startService();
		expect(await connect(port)).toBe(403);
		await operator.see(
			'origins',
			expect.objectContaining({ pending: [expect.objectContaining({ origin: APP, attempts: 1 })] }),
		);
		expect(await operator.do('origin:decide', { origin: APP, decision: 'allow' })).toEqual({
			pending: [],
			allowed: [APP],
			blocked: [],
		});
		expect(await connect(port)).toBe(101);
		await service.stop();
		const { port: again } = await service.start();
		expect(await connect(again)).toBe(101);
		expect(JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'))).toEqual({
			server: { allowedOrigins: [APP] },
		});
	});

	it('are not pending when blocked, and are pending again when the decision is removed', async () => {
		const { operator, port } = await startService();
		await operator.do('origin:decide', { origin: APP, decision: 'allow' });
		await operator.do('origin:decide', { origin: APP, decision: 'block' });
		await connect(port);
		await operator.see('origins', { pending: [], allowed: [], blocked: [APP] });
		await operator.do('origin:forget', { origin: APP });
		await connect(port);
		await operator.see('origins', { pending: [expect.objectContaining({ origin: APP })], allowed: [], blocked: [] });
	});

	it('may be wildcards, whose decisions leave those about single origins as they are', async () => {
		const { operator } = await createService();
		const desk = 'https://desk.app.example';
		await operator.do('origin:decide', { origin: desk, decision: 'block' });
		await operator.do('origin:decide', { origin: 'HTTPS://*.App.Example', decision: 'allow' });
		await operator.see('origins', { pending: [], allowed: ['https://*.app.example'], blocked: [desk] });
		await operator.do('origin:decide', { origin: 'https://*.app.example', decision: 'block' });
		await operator.see('origins', { pending: [], allowed: [], blocked: [desk, 'https://*.app.example'] });
		await operator.do('origin:forget', { origin: 'https://*.app.example' });
		await operator.see('origins', { pending: [], allowed: [], blocked: [desk] });
	});

	it('cannot be allowed while a blocked wildcard covers them', async () => {
		const { operator } = await createService();
		await operator.do('origin:decide', { origin: 'https://*.app.example', decision: 'block' });
		const origin = 'https://desk.app.example';
		expect(await operator.fail('origin:decide', { origin, decision: 'allow' })).toMatchObject({
			error: 'INVALID_MESSAGE',
			message: `${origin} stays blocked by https://*.app.example: forget the decision about https://*.app.example first`,
			details: { field: 'decision' },
		});
	});

	it('cannot be changed when the environment sets them', async () => {
		const { operator } = await startService({ env: { FINGERPRINT_SERVER_ALLOWED_ORIGINS: 'https://other.example' } });
		const problem = await operator.fail('origin:decide', { origin: APP, decision: 'allow' });
		expect(problem).toMatchObject({ error: 'CONFIGURATION_ERROR', details: { field: 'server.allowedOrigins' } });
		expect(await operator.do('origin:decide', { origin: APP, decision: 'block' })).toMatchObject({ blocked: [APP] });
	});

	it.each(['', 'null', 'app.example', 'https://app.example/path', 'https://*', 'https://*.github.io'])(
		'cannot be %j',
		async (origin) => {
			const { operator } = await createService();
			const problem = await operator.fail('origin:decide', { origin, decision: 'allow' });
			expect(problem).toMatchObject({ error: 'INVALID_MESSAGE', details: { field: 'origin' } });
		},
	);
});

describe('settings as the operator sees them', () => {
	it('contain the source of each value', async () => {
		const { operator } = await startService({ env: { FINGERPRINT_SCANS_PER_MINUTE: '7' } });
		await operator.do('settings:write', { values: { 'log.level': 'debug' } });
		const { settings } = await operator.see('settings', expect.objectContaining({ pending: ['log.level'] }));
		const facts = new Map(settings.map(({ field, value, source }) => [field, [value, source]]));
		expect(facts.get('scans.perMinute')).toEqual([7, 'environment']);
		expect(facts.get('virtual.touchDelayMs')).toEqual([0, 'flag']);
		expect(facts.get('log.level')).toEqual(['debug', 'file']);
		expect(facts.get('server.host')).toEqual(['localhost', 'default']);
	});

	it('are all refused when one is invalid, and the error names each invalid field and what is allowed', async () => {
		const { operator, dataDir } = await startService();
		const values = { 'log.level': 'loud', 'scans.perMinute': 0, 'virtual.enabled': false, nonsense: 1 };
		expect(await operator.fail('settings:write', { values })).toMatchObject({
			error: 'CONFIGURATION_ERROR',
			details: {
				fields: {
					'log.level': expect.stringContaining('error, warn, info, debug'),
					'scans.perMinute': expect.stringContaining('from 1 to 6000'),
					nonsense: expect.any(String),
				},
			},
		});
		await expect(readFile(join(dataDir, 'settings.json'))).rejects.toThrow();
	});

	it('are not overwritten when they cannot be read', async () => {
		const dataDir = await mkdtemp(join(tmpdir(), 'operator-'));
		await writeFile(join(dataDir, 'settings.json'), '{"damaged');
		const { operator } = await createService({ dataDir });
		expect(await operator.do('service:start', {})).toMatchObject({ phase: 'failed' });
		await operator.fail('settings:write', { values: { 'log.level': 'debug' } });
		expect(await readFile(join(dataDir, 'settings.json'), 'utf8')).toBe('{"damaged');
	});
});

describe('a trial scan', () => {
	it('returns the image with its minutiae, and sends no client a scan message', async () => {
		const { operator, port } = await startService();
		const { secret } = await operator.do('key:create', TEST_KEY);
		const page = await connectPage(port, secret);
		page.send({ type: 'subscribe', deviceId: 'device-001' });
		await nextOf(page, 'subscribe:success');
		const trial = await operator.do('trial:scan', { deviceId: 'device-001' });
		const image = decode(Buffer.from(trial.png, 'base64'));
		expect([image.width, image.height]).toEqual([trial.width, trial.height]);
		expect(trial).toMatchObject({ width: 300, height: 375, dpi: 500, isUsable: true });
		expect(trial.minutiae.length).toBeGreaterThan(11);
		for (const { x, y, angle } of trial.minutiae) {
			expect([x < 300, y < 375, angle >= 0 && angle < 360]).toEqual([true, true, true]);
		}
		page.send({ type: 'ping' });
		const types: string[] = [];
		for await (const { type } of page.messages()) {
			types.push(type);
			if (type === 'pong') break;
		}
		expect(new Set(types)).toEqual(new Set(['device:status', 'pong']));
		page.close();
	});

	it('writes no image to the log', async () => {
		const { operator } = await startService();
		const { png } = await operator.do('trial:scan', { deviceId: 'device-001' });
		expect(JSON.stringify(operator.lines)).not.toContain(png.slice(100, 140));
	});

	it('ends when it is stopped and when its window closes', async () => {
		const { operator } = await startService({ touchDelayMs: 60_000 });
		const stopped = operator.fail('trial:scan', { deviceId: 'device-001' });
		await operator.see('readers', expect.arrayContaining([expect.objectContaining({ status: 'busy' })]));
		await operator.do('trial:stop', {});
		expect(await stopped).toMatchObject({ error: 'SERVICE_UNAVAILABLE', details: { reason: 'stopped' } });
		const abandoned = operator.fail('trial:scan', { deviceId: 'device-001' });
		operator.session.close();
		await abandoned;
	});

	it.each([
		['an unknown reader', { deviceId: 'device-009' }, 'DEVICE_NOT_FOUND'],
		['no reader', {}, 'INVALID_MESSAGE'],
	])('is refused for %s', async (_case, input, error) => {
		const { operator } = await startService();
		expect(await operator.fail('trial:scan', input)).toMatchObject({ error });
	});

	it('cannot start while the service is stopping', async () => {
		const { operator, port } = await startService();
		// Does not answer the close frame, so that stopping takes some time.
		const frozen = connect({ host: '127.0.0.1', port });
		frozen.write([...handshakeLines('/ws'), '', ''].join('\r\n'));
		await once(frozen, 'data');
		const stopped = operator.do('service:stop', {});
		await operator.see('service', { phase: 'stopping' });
		expect(await operator.fail('trial:scan', { deviceId: 'device-001' })).toMatchObject({
			error: 'SERVICE_UNAVAILABLE',
		});
		frozen.destroy();
		await stopped;
	});

	it('is refused while the service is stopped', async () => {
		const { operator } = await createService();
		expect(await operator.fail('trial:scan', { deviceId: 'device-001' })).toMatchObject({
			error: 'SERVICE_UNAVAILABLE',
		});
		await operator.do('trial:stop', {});
	});
});

describe('OperatorService', () => {
	it.each(['nonsense', '__proto__', 'toString', ''])('refuses the unknown operation %j', async (operation) => {
		const { operator } = await createService();
		expect(await operator.fail(operation, {})).toMatchObject({ error: 'UNKNOWN_MESSAGE_TYPE' });
	});

	it('creates a support bundle without secrets', async () => {
		const { operator, dataDir } = await startService();
		const { secret, key } = await operator.do('key:create', TEST_KEY);
		const { fileName, text } = await operator.do('support:bundle', {});
		expect(fileName).toMatch(/^fingerprint-service-support-[\dTZ-]+\.txt$/);
		for (const part of [key.id, 'VIRTUAL-0001', 'server.port', 'Service is running', dataDir])
			expect(text).toContain(part);
		expect(text).not.toContain(secret);
		expect(text).not.toContain((await readFile(join(dataDir, 'secret'), 'utf8')).trim());
		expect(text).not.toMatch(/"hash"/);
	});

	it.each([
		['settings.json', '{}'],
		['keys.json', '{"version":1,"keys":[]}'],
	])('shows no data from a damaged %s, and all of it once it is repaired', async (file, repaired) => {
		const dataDir = await mkdtemp(join(tmpdir(), 'operator-'));
		await writeFile(join(dataDir, file), 'damaged');
		const { operator } = await createService({ dataDir });
		await operator.do('service:start', {});
		const problem = expect.objectContaining({ details: { file: join(dataDir, file) } });
		await operator.see('service', { phase: 'failed', problem });
		if (file === 'keys.json') expect(operator.topics.keys).toBeUndefined();
		else await operator.see('settings', expect.objectContaining({ settings: [], problem }));

		await writeFile(join(dataDir, file), repaired);
		await operator.do('service:start', {});
		await operator.see('keys', []);
		await operator.see('settings', expect.not.objectContaining({ problem }));
	});

	it('writes every log entry on its own line of the support bundle', async () => {
		const { operator, dataDir } = await createService();
		const forged = '\n2026-01-01T00:00:00.000Z error Forged: line';
		await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ [forged]: 1 }));
		await operator.do('service:start', {});
		const { text } = await operator.do('support:bundle', {});
		expect(text.split('\n').filter((line) => line.includes('Forged'))).toEqual([expect.stringContaining('Settings: ')]);
	});

	it('shows a change of one window in the other, which cannot overwrite it unseen', async () => {
		const { service, operator } = await startService();
		const other = new Operator(service.openOperatorSession());
		const [field, replaces] = ['scans.perMinute', { 'scans.perMinute': 10 }];
		await operator.do('settings:write', { values: { [field]: 20 }, replaces });
		const changed = expect.objectContaining({ field, value: 20 });
		await other.see('settings', expect.objectContaining({ settings: expect.arrayContaining([changed]) }));
		expect(await other.fail('settings:write', { values: { [field]: 30 }, replaces })).toMatchObject({
			error: 'CONFIGURATION_ERROR',
			details: { reason: 'changed', field },
		});
	});

	it('sends the same topics to two windows', async () => {
		const { service, operator } = await startService();
		const other = new Operator(service.openOperatorSession());
		await operator.do('key:create', TEST_KEY);
		await other.see('keys', [expect.objectContaining({ name: 'Front desk' })]);
	});
});
