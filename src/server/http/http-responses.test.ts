import { describe, expect, it } from 'vitest';
import { rawRequest } from '../testing/raw-request.ts';
import { TestServer } from '../testing/test-server.ts';

const HOST = 'Host: localhost';
const CLOSE = 'Connection: close';
const APP = 'https://app.example';

/** Headers of every response. */
const COMMON = {
	'cache-control': 'no-store',
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	connection: 'close',
	date: expect.any(String),
};

/** Headers of every response of GET /health to an allowed origin. */
const CORS = {
	vary: 'Origin',
	'access-control-allow-origin': APP,
	'access-control-allow-private-network': 'true',
};

function startServer(): Promise<TestServer> {
	return TestServer.start({ server: { allowedOrigins: [APP] } });
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

	it('answers the preflight for access to the local network', async () => {
		const { port } = await startServer();
		const header = 'Access-Control-Request-Private-Network: true';
		const response = await rawRequest(port, 'OPTIONS /health HTTP/1.1', HOST, CLOSE, `Origin: ${APP}`, header);
		expect(response).toMatchObject({ status: 204, headers: CORS, body: '' });
	});

	it('answers HEAD with the headers only', async () => {
		const { port } = await startServer();
		const { status, headers, body } = await rawRequest(port, 'HEAD /health HTTP/1.1', HOST, CLOSE);
		expect({ status, length: headers['content-length'], body }).toEqual({ status: 200, length: '20', body: '' });
	});

	it.each(['https://evil.example', 'null'])('refuses origin %s and does not allow it', async (origin) => {
		const { port } = await startServer();
		const { status, headers } = await rawRequest(port, 'GET /health HTTP/1.1', HOST, CLOSE, `Origin: ${origin}`);
		expect(status).toBe(403);
		expect(headers).not.toHaveProperty('access-control-allow-origin');
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

	it('answers 404 for every other path', async () => {
		const { port } = await startServer();
		const response = await rawRequest(port, 'GET /keys.json HTTP/1.1', HOST, CLOSE);
		expect(response).toMatchObject({ status: 404, body: 'This page does not exist; see / and /health\n' });
	});
});
