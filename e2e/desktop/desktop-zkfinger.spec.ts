import { NO_DOUBLE, ZkFingerDouble } from '../../src/devices/drivers/zkfinger/testing/simulated-zkfinger.ts';
import { createKey } from '../support/command.ts';
import { expect, onDesktop, skipWithoutWindows, test } from '../support/desktop-test.ts';
import { TestClient } from '../support/test-client.ts';

skipWithoutWindows();
test.skip(NO_DOUBLE !== undefined, `the double of the ZKFinger library ${NO_DOUBLE}`);

test(onDesktop("the vendor's library runs in a process of Electron's"), async ({ dataDir, launchDesktop }) => {
	const double = await ZkFingerDouble.build();
	await double.restart({ readers: 1, 'serial.0': 'A1', 'product.0': 'SLK20R', width: 300, height: 375 });
	const apiKey = await createKey(dataDir);
	const app = await launchDesktop({
		env: { FINGERPRINT_ZKFINGER_ENABLED: 'true', FINGERPRINT_ZKFINGER_LIBRARY_PATH: double.libraryPath },
	});
	const client = await TestClient.connect(await app.url(), { apiKey });
	const { device } = await client.next('device:connected');
	expect(device).toMatchObject({ serialNumber: 'A1', model: 'SLK20R' });
	client.close();
	expect(await app.stop()).toEqual({ code: 0, signal: null });
	expect((await double.calls()).at(-1)).toBe('Terminate 0');
	await double.remove();
});
