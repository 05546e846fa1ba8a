import { describe, expect, it } from 'vitest';
import { rawRequest } from '../testing/raw-request.ts';
import { TestServer } from '../testing/test-server.ts';

const HOST = 'Host: localhost';
const CLOSE = 'Connection: close';
const APP = 'https://app.example';
const BLOCKED = 'https://blocked.example';

/** Headers of every response. */
const COMMON = {
	'cache-control': 'no-store',
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	connection: 'close',
	date: expect.any(String),
};

/** Headers of every response of GET /health to a page of `APP`. */
const CORS = { vary: 'Origin', 'access-control-allow-origin': APP };

function startServer(): Promise<TestServer> {
	return TestServer.start({ server: { allowedOrigins: [APP], blockedOrigins: [BLOCKED] } });
}

describe('GET /health', () => {
	it('returns the status and nothing else to an allowed origin', async () => {
		const { port } = await startServer();
		expect(await rawRequest(port, 'GET /health HTTP/1.1', HOST, CLOSE, `Origin: ${APP}`)).toEqual({
			status: 200,
			headers: { ...COMMON, ...CORS, 'content-type': 'application/json', 'content-length': '20' },
			body: '{"status":"running"}',
		});
	});

	it('returns the status to a program without an origin, and then allows no origin', async () => {
		const { port } = await startServer();
		const { status, headers } = await rawRequest(port, 'GET /health HTTP/1.1', HOST, CLOSE);
		expect(status).toBe(200);
		expect(headers).not.toHaveProperty('access-control-allow-origin');
	});

	it('answers a preflight', async () => {
		const { port } = await startServer();
		const headers = [`Origin: ${APP}`, 'Access-Control-Request-Private-Network: true'];
		expect(await rawRequest(port, 'OPTIONS /health HTTP/1.1', HOST, CLOSE, ...headers)).toEqual({
			status: 204,
			headers: { ...COMMON, ...CORS, 'content-length': '0' },
			body: '',
		});
	});

	it('answers HEAD with the headers only', async () => {
		const { port } = await startServer();
		const { status, headers, body } = await rawRequest(port, 'HEAD /health HTTP/1.1', HOST, CLOSE);
		expect({ status, length: headers['content-length'], body }).toEqual({ status: 200, length: '20', body: '' });
	});

	it.each([
		['https://new.example', 'pending'],
		[BLOCKED, 'blocked'],
	])('tells a page of %s that its origin is %s, and does not ask the operator', async (origin, standing) => {
		const { port, components } = await startServer();
		const get = () => rawRequest(port, 'GET /health HTTP/1.1', HOST, CLOSE, `Origin: ${origin}`);
		expect(await get()).toMatchObject({
			status: 200,
			headers: { vary: 'Origin', 'access-control-allow-origin': origin },
			body: `{"status":"running","origin":"${standing}"}`,
		});
		components.announce('stopped');
		expect(await get()).toMatchObject({ status: 503, body: `{"status":"stopped","origin":"${standing}"}` });
		expect(components.origins.pending).toEqual([]);
	});

	it.each(['null', 'file://', 'app.example'])('refuses origin %s and gives advice', async (origin) => {
		const { port } = await startServer();
		const response = await rawRequest(port, 'GET /health HTTP/1.1', HOST, CLOSE, `Origin: ${origin}`);
		expect(response).toMatchObject({ status: 403, body: expect.stringContaining('serve the page from a web server') });
		expect(response.headers).not.toHaveProperty('access-control-allow-origin');
	});

	it('refuses a foreign Host', async () => {
		const { port } = await startServer();
		const { status } = await rawRequest(port, 'GET /health HTTP/1.1', 'Host: evil.example', CLOSE);
		expect(status).toBe(403);
	});

	it('answers 503 while the service is not running', async () => {
		const server = await startServer();
		server.components.announce('stopping');
		const response = await rawRequest(server.port, 'GET /health HTTP/1.1', HOST, CLOSE);
		expect(response).toMatchObject({ status: 503, body: '{"status":"stopping"}' });
	});

	it('answers other methods with the allowed ones', async () => {
		const { port } = await startServer();
		const response = await rawRequest(port, 'DELETE /health HTTP/1.1', HOST, CLOSE);
		expect(response).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } });
	});
});

describe('other paths', () => {
	it('serves a page at / that may connect to this service only', async () => {
		const { port } = await startServer();
		const { status, headers, body } = await rawRequest(port, 'GET / HTTP/1.1', HOST, CLOSE);
		expect(status).toBe(200);
		expect(headers).toEqual({
			...COMMON,
			'content-type': 'text/html; charset=utf-8',
			'content-length': String(Buffer.byteLength(body)),
			'content-security-policy':
				"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; " +
				`connect-src ws://localhost:${port}; ` +
				"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			'cross-origin-resource-policy': 'same-origin',
			'cross-origin-opener-policy': 'same-origin',
		});
		expect(body).toContain(`new WebSocket('ws://localhost:${port}')`);
	});

	it('refuses a page of another origin, and does not ask the operator', async () => {
		const { port, components } = await startServer();
		const response = await rawRequest(port, 'GET / HTTP/1.1', HOST, CLOSE, 'Origin: https://new.example');
		expect(response.status).toBe(403);
		expect(components.origins.pending).toEqual([]);
	});

	it('answers 404 for every other path', async () => {
		const { port } = await startServer();
		const response = await rawRequest(port, 'GET /keys.json HTTP/1.1', HOST, CLOSE);
		expect(response).toMatchObject({ status: 404, body: 'This page does not exist; see / and /health\n' });
	});
});

describe('a request', () => {
	it.each(['h2c', 'TLS/1.3, h2c', 'foo'])('that offers to upgrade to %s is answered in HTTP/1.1', async (upgrade) => {
		const { port } = await startServer();
		const offer = [`Upgrade: ${upgrade}`, 'Connection: Upgrade, HTTP2-Settings, close', 'HTTP2-Settings: AAMAAABk'];
		const response = await rawRequest(port, 'GET /health HTTP/1.1', HOST, ...offer);
		expect(response).toMatchObject({ status: 200, body: '{"status":"running"}' });
	});

	it.each([
		['http://localhost:8080/health', 200],
		['HTTP://127.0.0.1/health?from=proxy', 200],
		['http://localhost:8080', 200],
		['http://[::1]:8080/nothing', 404],
		['http://evil.example/health', 403],
		['http://localhost@evil.example/health', 403],
		['http:///health', 403],
	])('for %s is answered with %i', async (target, status) => {
		const { port } = await startServer();
		expect((await rawRequest(port, `GET ${target} HTTP/1.1`, HOST, CLOSE)).status).toBe(status);
	});

	it('for an absolute address is refused with a foreign Host', async () => {
		const { port } = await startServer();
		const lines = ['GET http://localhost/health HTTP/1.1', 'Host: evil.example', CLOSE];
		expect((await rawRequest(port, ...lines)).status).toBe(403);
	});

	it('with two Host headers is refused, also if they are equal', async () => {
		const { port } = await startServer();
		for (const other of ['localhost', 'evil.example']) {
			for (const hosts of [
				[HOST, `Host: ${other}`],
				[`Host: ${other}`, HOST],
			]) {
				expect((await rawRequest(port, 'GET /health HTTP/1.1', ...hosts, CLOSE)).status).toBe(400);
			}
		}
	});
});
