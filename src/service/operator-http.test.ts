import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLogging } from '../log/logging.ts';
import type { OperatorMessage, OperatorRequest } from '../operator/contract.ts';
import { ServiceClient } from '../server/service-client/service-client.ts';
import { handshakeLines, rawRequest } from '../server/testing/raw-request.ts';
import { CLOCK_STEPS_MS, FakeClock } from '../time/testing/fake-clock.ts';
import { FingerprintService } from './fingerprint-service.ts';

const CLOSE = 'Connection: close';
const HOUR_MS = 3_600_000;

async function startService({ clock }: { clock?: FakeClock } = {}) {
	const dataDir = await mkdtemp(join(tmpdir(), 'operator-http-'));
	const service = new FingerprintService({
		dataDir,
		env: {},
		flags: { server: { port: 0 }, hid: { enabled: false }, zkfinger: { enabled: false } },
		logging: createLogging({ level: 'error' }),
		isDesktop: false,
		...(clock && { clock }),
	});
	onTestFinished(async () => {
		await service.close();
		await rm(dataDir, { recursive: true });
	});
	const { port } = await service.start();
	const link = await service.operatorLink();
	return { service, port, link, ticket: new URL(link).hash.slice(1) };
}

function redeem(port: number, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return fetch(`http://localhost:${port}/console/session`, { method: 'POST', body: text, headers });
}

async function tokenFor(port: number, ticket: string): Promise<string> {
	const body: unknown = await (await redeem(port, { ticket })).json();
	return String(typeof body === 'object' && body !== null && 'token' in body && body.token);
}

/** The socket of an operator window. */
class WindowSocket {
	readonly messages: OperatorMessage[] = [];
	readonly closed: Promise<{ code: number; reason: string }>;
	private readonly socket: WebSocket;

	private constructor(socket: WebSocket) {
		this.socket = socket;
		socket.onmessage = ({ data }) => this.messages.push(JSON.parse(String(data)));
		this.closed = new Promise((resolve) => {
			socket.onclose = ({ code, reason }) => resolve({ code, reason });
		});
		onTestFinished(() => socket.close());
	}

	static async open(port: number): Promise<WindowSocket> {
		const socket = new WebSocket(`ws://localhost:${port}/console/socket`);
		const window = new WindowSocket(socket);
		await new Promise((resolve) => {
			socket.onopen = resolve;
		});
		return window;
	}

	send(request: OperatorRequest | string): void {
		this.socket.send(typeof request === 'string' ? request : JSON.stringify(request));
	}

	/** Waits for a message that matches `expected`. */
	see(expected: object): Promise<OperatorMessage> {
		return vi.waitFor(() => {
			const found = this.messages.find((message) => {
				try {
					expect(message).toMatchObject(expected);
					return true;
				} catch {
					return false;
				}
			});
			if (found === undefined) throw new Error(`no message matches ${JSON.stringify(expected)}`);
			return found;
		});
	}
}

async function openWindow(port: number, ticket: string): Promise<WindowSocket> {
	const window = await WindowSocket.open(port);
	window.send({ type: 'auth', token: await tokenFor(port, ticket) });
	await window.see({ type: 'session' });
	return window;
}

describe('a check of the connection', () => {
	it('is answered with an empty reply', async () => {
		const { port, ticket } = await startService();
		const window = await openWindow(port, ticket);
		window.send({ type: 'check', id: 7 });
		await window.see({ type: 'reply', id: 7, ok: true, result: null });
	});

	it('is not answered before auth', async () => {
		const { port } = await startService();
		const window = await WindowSocket.open(port);
		window.send({ type: 'check', id: 7 });
		expect((await window.closed).code).toBe(4001);
	});
});

describe('the link to the operator window', () => {
	it('has its ticket in the fragment, which browsers do not send', async () => {
		const { link, port } = await startService();
		expect(link).toMatch(new RegExp(`^http://localhost:${port}/console/#[\\w.-]+$`));
	});

	it('logs at most ten refused tickets, so that they cannot flood the log', async () => {
		const { port, service } = await startService();
		await Promise.all(Array.from({ length: 30 }, () => redeem(port, { ticket: 'wrong' })));
		const lines: string[] = [];
		service.openOperatorSession().follow(({ topic, value }) => {
			if (topic === 'log')
				lines.push(...value.filter(({ name }) => name === 'OperatorHttp').map(({ message }) => message));
		});
		expect(lines).toEqual(Array.from({ length: 10 }, () => 'Connection refused'));
	});

	it('can be used once', async () => {
		const { port, ticket } = await startService();
		const first = await redeem(port, { ticket });
		expect([first.status, await first.json()]).toEqual([200, { token: expect.any(String) }]);
		const second = await redeem(port, { ticket });
		expect([second.status, await second.json()]).toEqual([
			401,
			{
				error: 'TOKEN_EXPIRED',
				code: 4005,
				message: 'This link has already been used: create a new one with `fingerprint-service console`',
				retryable: false,
			},
		]);
	});

	it.each(CLOCK_STEPS_MS)('works when it is created after the clock was set by %i ms', async (stepMs) => {
		const clock = new FakeClock();
		const { port, service } = await startService({ clock });
		clock.stepWallClock(stepMs);
		const ticket = new URL(await service.operatorLink()).hash.slice(1);
		expect((await redeem(port, { ticket })).status).toBe(200);
	});

	it('has expired after a step of hours forward', async () => {
		const clock = new FakeClock();
		const { port, ticket } = await startService({ clock });
		clock.stepWallClock(7 * HOUR_MS);
		expect((await redeem(port, { ticket })).status).toBe(401);
	});

	it.each([
		['invalid JSON', '{', 400],
		['a list', '[]', 401],
		['null', 'null', 401],
		['no ticket', '{}', 401],
		['a body that is too long', JSON.stringify({ ticket: 'x'.repeat(5_000) }), 400],
	])('is refused with %s', async (_case, body, status) => {
		const { port } = await startService();
		expect((await redeem(port, body)).status).toBe(status);
	});
});

describe('a window in a browser', () => {
	it('receives every topic and runs operations', async () => {
		const { port, ticket } = await startService();
		const window = await openWindow(port, ticket);
		await window.see({ type: 'event', event: { topic: 'about', value: { isDesktop: false } } });
		window.send({ type: 'call', id: 1, operation: 'key:create', input: { name: 'Shop', environment: 'test' } });
		await window.see({ type: 'reply', id: 1, ok: true, result: { key: { name: 'Shop' } } });
		window.send({ type: 'call', id: 2, operation: 'key:create', input: {} });
		await window.see({ type: 'reply', id: 2, ok: false, problem: { code: 6002, details: { field: 'name' } } });
	});

	it('stays connected while it stops and starts the service', async () => {
		const { port, ticket } = await startService();
		const window = await openWindow(port, ticket);
		window.send({ type: 'call', id: 1, operation: 'service:stop', input: {} });
		await window.see({ type: 'reply', id: 1, ok: true, result: { phase: 'stopped' } });
		window.send({ type: 'call', id: 2, operation: 'service:start', input: {} });
		await window.see({ type: 'reply', id: 2, ok: true, result: { phase: 'running' } });
	});

	it('ends its trial scan when it closes', async () => {
		const { port, ticket, service } = await startService();
		const window = await openWindow(port, ticket);
		await window.see({ type: 'event', event: { topic: 'readers', value: [{ status: 'idle' }, {}] } });
		window.send({ type: 'call', id: 1, operation: 'trial:scan', input: { deviceId: 'device-001' } });
		await window.see({ type: 'event', event: { topic: 'readers', value: [{ status: 'busy' }, {}] } });
		const statuses: string[] = [];
		service.openOperatorSession().follow(({ topic, value }) => {
			if (topic === 'readers') statuses.push(...value.map(({ status }) => status));
		});
		window.send('not JSON');
		expect((await window.closed).code).toBe(1008);
		await vi.waitFor(() => expect(statuses.at(-2)).toBe('idle'));
	});

	it('gets a new token before the old one expires', async () => {
		const clock = new FakeClock();
		const { port, ticket } = await startService({ clock });
		const window = await openWindow(port, ticket);
		clock.advance(60_000);
		await vi.waitFor(() => expect(window.messages.filter(({ type }) => type === 'session')).toHaveLength(2));
	});

	it.each([
		['is set forward by hours', (clock: FakeClock) => clock.stepWallClock(7 * HOUR_MS)],
		['runs while the computer sleeps for a night', (clock: FakeClock) => clock.sleep(8 * HOUR_MS)],
	])('is closed when its token expires because the clock %s', async (_what, pass) => {
		const clock = new FakeClock();
		const { port, ticket } = await startService({ clock });
		const [idle, active] = [await openWindow(port, ticket), await WindowSocket.open(port)];
		const session = await idle.see({ type: 'session' });
		active.send({ type: 'auth', token: session.type === 'session' ? session.token : '' });
		await active.see({ type: 'session' });
		pass(clock);
		active.send({ type: 'call', id: 1, operation: 'service:stop', input: {} });
		const reason = 'The session of this window has expired: create a new link with `fingerprint-service console`';
		expect(await active.closed).toEqual({ code: 4005, reason });
		clock.advance(60_000);
		expect(await idle.closed).toEqual({ code: 4005, reason });
	});

	it('stays connected when the clock is set back, and can connect again', async () => {
		const clock = new FakeClock();
		const { port, ticket } = await startService({ clock });
		const window = await openWindow(port, ticket);
		const session = await window.see({ type: 'session' });
		clock.stepWallClock(-7 * HOUR_MS);
		window.send({ type: 'call', id: 1, operation: 'support:bundle', input: {} });
		await window.see({ type: 'reply', id: 1, ok: true });
		const again = await WindowSocket.open(port);
		again.send({ type: 'auth', token: session.type === 'session' ? session.token : '' });
		await again.see({ type: 'session' });
	});

	it.each([
		['a wrong token', { type: 'auth', token: 'wrong' }, 4001],
		['a call before auth', { type: 'call', id: 1, operation: 'service:stop', input: {} }, 4001],
		['nonsense', 'nonsense', 4001],
	] as const)('is closed with %s', async (_case, request, code) => {
		const { port } = await startService();
		const window = await WindowSocket.open(port);
		window.send(request);
		expect((await window.closed).code).toBe(code);
	});

	it('is closed when it does not authenticate within 10 s', async () => {
		const clock = new FakeClock();
		const { port } = await startService({ clock });
		const window = await WindowSocket.open(port);
		clock.advance(10_000);
		expect((await window.closed).code).toBe(4001);
	});

	it('is closed when the program exits', async () => {
		const { port, ticket, service } = await startService();
		const window = await openWindow(port, ticket);
		await service.close();
		expect((await window.closed).code).toBe(1001);
	});

	it('is refused when it reconnects while the program exits', async () => {
		const { port, ticket, service } = await startService();
		const frozen = connect({ host: '127.0.0.1', port });
		frozen.write([...handshakeLines('/console/socket'), '', ''].join('\r\n'));
		await once(frozen, 'data');
		const window = await openWindow(port, ticket);
		const ended = service.close();
		await window.closed;
		expect((await rawRequest(port, ...handshakeLines('/console/socket'))).status).toBe(503);
		frozen.destroy();
		await ended;
	});
});

describe('a request to the operator window', () => {
	it.each([
		['another host name', 'Host: evil.example'],
		['a foreign page', 'Host: localhost', 'Origin: https://evil.example'],
		['a page on another port of this computer', 'Host: localhost', 'Origin: http://localhost:3000'],
		['a sandboxed frame', 'Host: localhost', 'Origin: null'],
	])('is refused from %s', async (_case, ...headers) => {
		const { port } = await startService();
		const page = await rawRequest(port, 'GET /console/ HTTP/1.1', CLOSE, ...headers);
		expect(page.status).toBe(403);
		const [host = '', origin] = headers.map((header) => header.split(': ')[1]);
		const socket = await rawRequest(port, ...handshakeLines('/console/socket', { Host: host, Origin: origin }));
		expect(socket.status).toBe(403);
	});

	it('is refused for other WebSocket paths, files outside the window, and POST', async () => {
		const { port } = await startService();
		expect((await rawRequest(port, ...handshakeLines('/console/'))).status).toBe(404);
		const get = async (path: string) =>
			(await rawRequest(port, `GET ${path} HTTP/1.1`, 'Host: localhost', CLOSE)).status;
		for (const path of ['..%2fcli.js', '../cli.js', 'assets/../../cli.js', '.env', '%2e%2e/cli.js', 'assets//x.js']) {
			expect(await get(`/console/${path}`), path).toBe(404);
		}
		const post = await rawRequest(port, 'POST /console/ HTTP/1.1', 'Host: localhost', CLOSE, 'Content-Length: 0');
		expect(post.status).toBe(405);
	});

	it('is redirected from /console to the page', async () => {
		const { port } = await startService();
		const { status, headers } = await rawRequest(port, 'GET /console HTTP/1.1', 'Host: localhost', CLOSE);
		expect([status, headers.location]).toEqual([308, '/console/']);
	});

	it('is refused when sixteen windows are open, unless one has not authenticated for more than a second', async () => {
		const clock = new FakeClock();
		const { port, ticket } = await startService({ clock });
		const window = await openWindow(port, ticket);
		const [silent] = await Promise.all(Array.from({ length: 15 }, () => WindowSocket.open(port)));
		clock.advance(1_000);
		expect((await rawRequest(port, ...handshakeLines('/console/socket'))).status).toBe(503);
		clock.advance(1);
		await WindowSocket.open(port);
		expect((await silent?.closed)?.code).toBe(1013);
		window.send({ type: 'call', id: 1, operation: 'key:create', input: { name: 'Shop', environment: 'test' } });
		await window.see({ type: 'reply', id: 1, ok: true });
	});

	it('leaves the slots of the clients alone', async () => {
		const { port, service } = await startService();
		await Promise.all(Array.from({ length: 16 }, () => WindowSocket.open(port)));
		const { key } = await (await service.keys()).create({ name: 'test page', environment: 'test' });
		const client = await ServiceClient.connect({ host: 'localhost', port });
		client.authenticate({ apiKey: key });
		expect((await client.messages().next()).value).toMatchObject({ type: 'auth:success' });
		client.close();
	});
});
