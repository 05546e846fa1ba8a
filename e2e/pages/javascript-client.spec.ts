import { readFileSync } from 'node:fs';
import { ISO_TEMPLATE } from '../support/iso-template.ts';
import type { ProtocolClient } from '../support/protocol-client.ts';
import { hasReference, NO_REFERENCE, referenceCode } from '../support/reference-code.ts';
import { RunningService } from '../support/running-service.ts';
import { ScriptRealm } from '../support/script-realm.ts';
import { expect, test } from '../support/service-test.ts';

const SCAN_CLIENT = readFileSync(new URL('./clients/scan-client.js', import.meta.url), 'utf8');
const AUTO_TOUCH_OFF = { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' };

interface Closable {
	close(): void;
}

/** Starts `clients/scan-client.js`, which then scans; it prints the type of every message. */
function runScanClient(realm: ScriptRealm, options: { url: string; apiKey: string }): Closable {
	return realm.run(`${SCAN_CLIENT}
		const client = new ScanClient({
			...${JSON.stringify(options)},
			onMessage: (message) => {
				console.log(message.type);
				if (message.type === 'auth:success') client.scan('device-001');
				if (message.type === 'scan:error') console.log(message.code);
				if (message.type === 'scan:complete') processFingerprint(message.template);
			},
		});
		client;
	`) as Closable;
}

/** Starts the client printed below "Basic WebSocket Client" with the code below "Usage", which calls the client `ws`. */
function runBasicClient(realm: ScriptRealm, url: string, key: string): Closable {
	const code = referenceCode('Basic WebSocket Client', 'javascript', { url, key });
	return realm.run(`${code}\nws;`) as Closable;
}

/** A realm whose script passes each template to `processFingerprint`. */
function openRealm() {
	const templates: string[] = [];
	const realm = new ScriptRealm({ processFingerprint: (template: string) => templates.push(template) });
	return { realm, templates };
}

async function touch(client: ProtocolClient, condition: 'dry' | 'good'): Promise<void> {
	await client.ask({ type: 'virtual:touch', deviceId: 'device-001', condition, seed: 1 }, 'virtual:ok');
}

async function lift(client: ProtocolClient): Promise<void> {
	await client.ask({ type: 'virtual:lift', deviceId: 'device-001' }, 'virtual:ok');
}

test.describe('the JavaScript client', () => {
	test('scans a finger', async ({ service, testKey }) => {
		const { realm, templates } = openRealm();
		const client = runScanClient(realm, { url: service.url, apiKey: testKey });
		await realm.waitForLine('scan:complete');
		client.close();
		expect(templates).toEqual([expect.stringMatching(ISO_TEMPLATE)]);
	});

	test('reconnects and authenticates again after a restart of the service', async ({ dataDir, testKey }) => {
		const first = await RunningService.start({ dataDir });
		const { realm, templates } = openRealm();
		const client = runScanClient(realm, { url: first.url, apiKey: testKey });
		await realm.waitForLine('scan:complete');
		await first.stop();
		const second = await RunningService.start({ dataDir, port: first.port });
		await realm.waitForLine('auth:success', 2);
		await realm.waitForLine('device:connected', 4);
		await realm.waitForLine('scan:complete', 2);
		client.close();
		expect(templates).toHaveLength(2);
		expect(await second.stop()).toEqual({ code: 0, signal: null });
		expect([...first.unexpectedLines, ...second.unexpectedLines]).toEqual([]);
	});

	test.describe('without automatic touches', () => {
		test.use({ serviceEnv: AUTO_TOUCH_OFF });

		test('repeats the scan until the finger is good enough', async ({ service, testKey, connect }) => {
			const operator = await connect();
			await touch(operator, 'dry');
			const { realm, templates } = openRealm();
			const client = runScanClient(realm, { url: service.url, apiKey: testKey });
			await realm.waitForLine('2001');
			await lift(operator);
			await touch(operator, 'good');
			await realm.waitForLine('scan:complete');
			client.close();
			expect(templates).toEqual([expect.stringMatching(ISO_TEMPLATE)]);
		});
	});
});

test.describe('the JavaScript clients of the API reference', () => {
	test.skip(!hasReference(), NO_REFERENCE);

	test('the reconnecting client authenticates again after a restart of the service', async ({ dataDir, testKey }) => {
		const first = await RunningService.start({ dataDir });
		const actual = { url: first.url, key: testKey };
		const realm = new ScriptRealm();
		// The reference leaves it to the application to extend handleMessage.
		const client = realm.run(`
			${referenceCode('Reconnection Strategy', 'javascript', actual)}
			class PrintingClient extends WebSocketClient {
				handleMessage(data) {
					console.log(data.type);
					super.handleMessage(data);
				}
			}
			new PrintingClient('${actual.url}', '${actual.key}');
		`) as Closable;

		await realm.waitForLine('auth:success');
		await realm.waitForLine('device:connected', 2);
		await first.stop();
		await realm.waitForLine('Disconnected');
		const second = await RunningService.start({ dataDir, port: first.port });
		await realm.waitForLine('auth:success', 2);
		await realm.waitForLine('device:connected', 4);
		client.close();
		await realm.waitForLine('Disconnected', 2);
		expect(await second.stop()).toEqual({ code: 0, signal: null });
		expect([...first.unexpectedLines, ...second.unexpectedLines]).toEqual([]);
	});

	test('the basic client scans a finger', async ({ service, testKey }) => {
		const { realm, templates } = openRealm();
		const client = runBasicClient(realm, service.url, testKey);
		await realm.waitForLine('Scan complete!');
		client.close();
		expect(templates).toEqual([expect.stringMatching(ISO_TEMPLATE)]);
		await realm.waitForLine('WebSocket closed');
	});

	test.describe('without automatic touches', () => {
		test.use({ serviceEnv: AUTO_TOUCH_OFF });

		test('the basic client repeats the scan until the finger is good enough', async ({ service, testKey, connect }) => {
			const operator = await connect();
			await touch(operator, 'dry');
			const { realm, templates } = openRealm();
			const client = runBasicClient(realm, service.url, testKey);
			await realm.waitForLine('Retrying scan...');
			await lift(operator);
			await touch(operator, 'good');
			await realm.waitForLine('Scan complete!');
			client.close();

			expect(realm.lines.filter((line) => line.startsWith('Scan error'))).toContain('Scan error: Low quality scan');
			expect(templates).toEqual([expect.stringMatching(ISO_TEMPLATE)]);
		});
	});
});
