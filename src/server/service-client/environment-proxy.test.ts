import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { TestServer } from '../testing/test-server.ts';

/** Counts the connections to a proxy that answers none of them. */
async function openProxy(): Promise<{ port: number; connections: () => number }> {
	let connections = 0;
	const proxy = createServer((socket) => {
		connections++;
		socket.destroy();
	}).listen(0, '127.0.0.1');
	onTestFinished(() => void proxy.close());
	await once(proxy, 'listening');
	return { port: (proxy.address() as AddressInfo).port, connections: () => connections };
}

const moduleUrl = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

// In another process, because Node reads these variables when it starts.
it('a proxy in the environment is not used for the service', async () => {
	const { port } = await TestServer.start();
	const proxy = await openProxy();
	const url = `http://127.0.0.1:${proxy.port}`;
	const variables = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
	const env = {
		...process.env,
		...Object.fromEntries(variables.map((name) => [name, url])),
		NO_PROXY: '',
		no_proxy: '',
		NODE_USE_ENV_PROXY: '1',
	};
	const program = `
		import { ServiceClient } from ${moduleUrl('./service-client.ts')};
		import { isServiceRunning } from ${moduleUrl('./service-health.ts')};
		const service = { host: 'localhost', port: ${port} };
		(await ServiceClient.connect(service)).close();
		console.log(await isServiceRunning(service));
	`;
	const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { env });
	expect(stdout).toBe('true\n');
	expect(proxy.connections()).toBe(0);
});
