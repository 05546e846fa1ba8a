import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { type EventEmitter, once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AdminTokens } from '../access/admin-tokens.ts';
import { examine } from '../commands/doctor.ts';
import { recordCrashes } from '../log/last-crash.ts';
import { createLogging, type Logging } from '../log/logging.ts';
import type { SupportBundle } from '../operator/contract.ts';
import type { OperatorSession } from '../operator/operator-session.ts';
import { handshakeLines, rawRequest } from '../server/testing/raw-request.ts';
import { TestClient } from '../server/testing/test-client.ts';
import { systemClock } from '../time/clock.ts';
import { FingerprintService } from './fingerprint-service.ts';

/*
 * Puts each kind of secret into everything that a client, a page, an operator, a file or an error can say, in two runs of the
 * service, and then searches every place that is kept or leaves the PC.
 */

const PLACES = [
	'log files',
	'log ring',
	'log:entry events',
	'support file',
	'audit trail',
	'output',
	'last crash',
] as const;
const KINDS = [
	'live key',
	'test key',
	'key hash',
	'admin token',
	'window ticket',
	'window token',
	'secret in base64url',
	'secret in base64',
	'secret in hexadecimal',
	'template in base64',
	'template in hexadecimal',
	'image in base64',
	'token of another issuer',
	'identity key',
] as const;
type Kind = (typeof KINDS)[number];

let home: string;
let dataDir: string;
let lastOrigin = 3_000;
let secrets: Record<Kind, string>;
let found: Record<(typeof PLACES)[number], string>;

/** Sends a message and returns the first later message of one of the types; an empty object if the connection closes. */
async function ask({ socket }: TestClient, message: object, ...types: string[]): Promise<Record<string, unknown>> {
	const answer = new Promise<Record<string, unknown>>((resolve) => {
		socket.on('message', (data) => {
			const received = JSON.parse(String(data));
			if (types.includes(received.type)) resolve(received);
		});
		// A message that is too long ends the connection.
		socket.on('close', () => resolve({}));
	});
	socket.send(JSON.stringify(message));
	return answer;
}

async function exchange(service: FingerprintService, port: number) {
	const ticket = new URL(await service.operatorLink()).hash.slice(1);
	const body = JSON.stringify({ ticket });
	const response = await fetch(`http://localhost:${port}/console/session`, { method: 'POST', body });
	const { token } = (await response.json()) as { token: string };
	return { ticket, token };
}

async function collectSecrets(
	service: FingerprintService,
	port: number,
	admin: TestClient,
): Promise<Record<Kind, string>> {
	const keys = await service.keys();
	const live = await keys.create({ name: 'live', environment: 'live' });
	const test = await keys.create({ name: 'test', environment: 'test' });
	const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
	const options = { image: true, qualityThreshold: 0 };
	const scan = await ask(admin, { type: 'scan:start', deviceId: 'device-001', options }, 'scan:complete', 'scan:error');
	const template = Buffer.from(String(scan.template), 'base64');
	const secret = Buffer.from((await readFile(join(dataDir, 'secret'), 'utf8')).trim(), 'base64url');
	const window = await exchange(service, port);
	const identity = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
	return {
		'live key': live.key,
		'test key': test.key,
		'key hash': test.record.hash,
		'admin token': await tokens.issue(),
		'window ticket': window.ticket,
		'window token': window.token,
		'secret in base64url': secret.toString('base64url'),
		'secret in base64': secret.toString('base64'),
		'secret in hexadecimal': secret.toString('hex'),
		'template in base64': template.toString('base64'),
		'template in hexadecimal': template.toString('hex'),
		'image in base64': String(scan.image),
		'token of another issuer': await new SignJWT()
			.setProtectedHeader({ alg: 'HS256' })
			.setIssuer('other')
			.sign(randomBytes(32)),
		'identity key': createPrivateKey(identity.export({ type: 'pkcs8', format: 'pem' }))
			.export({ type: 'pkcs8', format: 'pem' })
			.toString(),
	};
}

/** Says the secret wherever a client can. */
async function sayAsClient(port: number, key: string, secret: string): Promise<void> {
	for (const credentials of [{ apiKey: secret }, { token: secret }, { apiKey: `${secret}!` }]) {
		// Another origin each time, because further failures of one origin are throttled.
		const stranger = await TestClient.connect(port, { origin: `http://localhost:${++lastOrigin}` });
		await ask(stranger, { type: 'auth', ...credentials }, 'auth:success', 'auth:error');
		await stranger.close();
	}
	const client = await TestClient.connect(port, { origin: `http://localhost:${++lastOrigin}` });
	await ask(client, { type: 'auth', apiKey: key }, 'auth:success', 'auth:error');
	client.send(secret);
	client.send({ type: secret });
	client.send({ type: 'subscribe', deviceId: secret });
	client.send({ type: 'unsubscribe', deviceId: secret });
	client.send({ type: 'scan:start', deviceId: secret });
	client.send({ type: 'scan:start', deviceId: 'device-001', options: { format: secret } });
	client.send({ type: 'scan:stop', scanId: secret });
	client.send({ type: 'verify:start', deviceId: 'device-001', template: `${secret}AA` });
	client.send({ type: 'virtual:touch', deviceId: secret });
	client.send({ type: 'auth', apiKey: secret, token: secret, [secret]: secret });
	await Promise.race([client.drain(), client.closed()]);
	await client.close();
	const oneLine = secret.replaceAll('\n', ' ').slice(0, 4_000);
	await rawRequest(port, `GET /?${encodeURIComponent(oneLine)} HTTP/1.1`, `Host: ${oneLine}`, 'Connection: close');
	await rawRequest(port, ...handshakeLines(`/${encodeURIComponent(oneLine)}`));
	await rawRequest(port, ...handshakeLines('/', { Origin: `https://${oneLine}.example`, 'User-Agent': oneLine }));
	await rawRequest(port, ...handshakeLines('/', { Origin: 'https://a.example', Host: oneLine }));
	await fetch(`http://localhost:${port}/console/session`, { method: 'POST', body: JSON.stringify({ ticket: secret }) });
}

/** Says the secret wherever an operator can. */
async function sayAsOperator(session: OperatorSession, secret: string): Promise<void> {
	await session.call(secret, { [secret]: secret });
	await session.call('key:create', { name: secret.slice(0, 100), environment: 'test' });
	await session.call('key:revoke', { id: secret });
	await session.call('connection:close', { id: secret });
	await session.call('trial:scan', { deviceId: secret });
	await session.call('origin:decide', { origin: `https://${secret}`, decision: 'allow' });
	await session.call('settings:write', { values: { [secret]: secret, 'log.level': secret, 'server.host': secret } });
}

/** Says the secret as an error of a component. */
function sayAsComponent(logging: Logging, secret: string): void {
	const logger = logging.createLogger('Component');
	const error = new Error(`failed with ${secret}`, { cause: new Error(secret) });
	logger.error(`failed: ${secret}`, { error, [secret]: 1, note: secret, list: [secret], bytes: Buffer.from(secret) });
	const emitter: EventEmitter = process;
	emitter.emit('uncaughtExceptionMonitor', error);
}

const readAll = async (dir: string) =>
	(await Promise.all((await readdir(dir)).map((name) => readFile(join(dir, name), 'utf8')))).join('\n');

beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), 'home-of-a-person-'));
	vi.stubEnv('HOME', home);
	vi.stubEnv('USERPROFILE', home);
	dataDir = join(home, 'data');
	const logsDir = join(dataDir, 'logs');
	let output = '';
	let events = '';
	const capture = (text: unknown) => {
		output += String(text);
		return true;
	};
	const outputs = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
	for (const stream of outputs) stream.mockImplementation(capture);
	const stopRecording = recordCrashes(logsDir);
	let bundle: SupportBundle | undefined;
	let ring = '';
	try {
		for (let run = 1; run <= 2; run++) {
			const logging = createLogging({ level: 'debug', dir: logsDir, console: true });
			const flags = {
				virtual: { touchDelayMs: 0 },
				hid: { enabled: false },
				zkfinger: { enabled: false },
				server: { port: 0 },
			};
			const service = new FingerprintService({
				dataDir,
				env: {},
				flags,
				logging,
				isDesktop: false,
				examine: () => examine(dataDir, 0),
			});
			const { port } = await service.start();
			logging.setLevel('debug');
			const admin = await TestClient.connect(port);
			admin.socket.on('message', (data) => {
				if (String(data).startsWith('{"type":"log:entry"')) events += String(data);
			});
			const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
			await ask(admin, { type: 'auth', token: await tokens.issue() }, 'auth:success');
			if (run === 1) secrets = await collectSecrets(service, port, admin);
			const session = service.openOperatorSession();
			for (const secret of Object.values(secrets)) {
				await sayAsClient(port, secrets['test key'], secret);
				await sayAsOperator(session, secret);
				sayAsComponent(logging, secret);
			}
			const reply = await session.call('support:bundle', {});
			if (reply.ok) bundle = reply.result as SupportBundle;
			ring = JSON.stringify(logging.ring.entries());
			admin.socket.close();
			await once(admin.socket, 'close');
			await service.close();
			await logging.close();
			await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ [Object.values(secrets).join(' ')]: 1 }));
		}
	} finally {
		stopRecording();
		for (const stream of outputs) stream.mockRestore();
	}
	found = {
		'log files': await readAll(logsDir),
		'log ring': ring,
		'log:entry events': events,
		'support file': bundle?.text ?? '',
		'audit trail': await readAll(join(dataDir, 'audit')),
		output,
		'last crash': await readFile(join(logsDir, 'last-crash.txt'), 'utf8'),
	};
}, 60_000);

afterAll(async () => {
	vi.unstubAllEnvs();
	await rm(home, { recursive: true });
});

describe.each(PLACES)('the %s', (place) => {
	it('contain what happened', () => {
		expect(found[place].length).toBeGreaterThan(100);
		expect(found[place]).toContain(place === 'audit trail' ? '"auth:failure"' : 'redacted');
	});

	it.each(KINDS)('contain no %s', (kind) => {
		const secret = secrets[kind];
		expect(secret.length).toBeGreaterThan(30);
		// Also the middle alone, because the start of each kind is well known, and as JSON, which escapes line feeds.
		const middle =
			kind === 'identity key' ? secret.slice(40, 70) : secret.slice(secret.length / 2 - 10, secret.length / 2 + 10);
		for (const part of [secret, secret.trim(), JSON.stringify(secret).slice(1, -1), middle]) {
			expect(found[place].includes(part), part).toBe(false);
		}
	});
});

it('the support file does not contain the path of the home folder', () => {
	expect(found['support file']).toContain('"dataDir": "~');
	expect(found['support file']).not.toContain('home-of-a-person');
});

it('the support file contains the report of doctor, the drivers, versions, the last crash, and the log of the run before', () => {
	const text = found['support file'];
	for (const part of ['ok    data folder: ~', '"driver": "virtual"', '"openssl"', '"ws"', 'failed with']) {
		expect(text).toContain(part);
	}
	expect(text.match(/Service is running/g)).toHaveLength(2);
	expect(text.match(/Service is stopping/g)).toHaveLength(1);
});
