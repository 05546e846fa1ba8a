import { ISO_TEMPLATE } from '../support/iso-template.ts';
import { hasReference, NO_REFERENCE, referenceCode } from '../support/reference-code.ts';
import { ReferenceRealm } from '../support/reference-realm.ts';
import { RunningService } from '../support/running-service.ts';
import { expect, test } from '../support/service-test.ts';

test.skip(!hasReference(), NO_REFERENCE);

test('the reconnecting client authenticates again after the service was away', async ({ dataDir, testKey }) => {
	const first = await RunningService.start({ dataDir });
	const actual = { url: first.url, key: testKey };
	const realm = new ReferenceRealm();
	// Its handleMessage is where an application adds what it wants to hear of.
	const client = realm.run(`
		${referenceCode('Reconnection Strategy', 'javascript', actual)}
		class Listening extends WebSocketClient {
			handleMessage(data) {
				console.log(data.type);
				super.handleMessage(data);
			}
		}
		new Listening('${actual.url}', '${actual.key}');
	`) as { close(): void };

	await realm.hear('auth:success');
	await realm.hear('device:connected', 2);
	await first.stop();
	await realm.hear('Disconnected');
	const second = await RunningService.start({ dataDir, port: first.port });
	await realm.hear('auth:success', 2);
	await realm.hear('device:connected', 4);
	client.close();
	await realm.hear('Disconnected', 2);
	expect(await second.stop()).toEqual({ code: 0, signal: null });
	expect([...first.complaints, ...second.complaints]).toEqual([]);
});

test('the basic client scans a finger as printed', async ({ service, testKey }) => {
	const realm = new ReferenceRealm({ processFingerprint: (template: string) => templates.push(template) });
	const templates: string[] = [];
	const client = runBasicClient(realm, service.url, testKey);
	await realm.hear('Scan complete!');
	client.close();
	expect(templates).toEqual([expect.stringMatching(ISO_TEMPLATE)]);
	await realm.hear('WebSocket closed');
});

test.describe('with a hand at the reader', () => {
	test.use({ serviceEnv: { FINGERPRINT_VIRTUAL_AUTO_TOUCH: 'false' } });

	test('the basic client tries again until the finger is good enough', async ({ service, testKey, connect }) => {
		const templates: string[] = [];
		const realm = new ReferenceRealm({ processFingerprint: (template: string) => templates.push(template) });
		const hand = await connect();
		await hand.ask({ type: 'virtual:touch', deviceId: 'device-001', condition: 'dry', seed: 1 }, 'virtual:ok');

		const client = runBasicClient(realm, service.url, testKey);
		await realm.hear('Retrying scan...');
		await hand.ask({ type: 'virtual:lift', deviceId: 'device-001' }, 'virtual:ok');
		await hand.ask({ type: 'virtual:touch', deviceId: 'device-001', condition: 'good', seed: 1 }, 'virtual:ok');
		await realm.hear('Scan complete!');
		client.close();

		expect(realm.lines.filter((line) => line.startsWith('Scan error'))).toContain('Scan error: Low quality scan');
		expect(templates).toEqual([expect.stringMatching(ISO_TEMPLATE)]);
	});
});

/** The class with the code printed below "Usage"; `ws` is what that calls the client. */
function runBasicClient(realm: ReferenceRealm, url: string, key: string): { close(): void } {
	const code = referenceCode('Basic WebSocket Client', 'javascript', { url, key });
	return realm.run(`${code}\nws;`) as { close(): void };
}
