import {
	SIMULATION_UNAVAILABLE,
	SimulatedZkFinger,
} from '../../src/devices/drivers/zkfinger/testing/simulated-zkfinger.ts';
import { createApiKey } from '../support/command.ts';
import { expect, onDesktop, skipWithoutWindows, test } from '../support/desktop-test.ts';
import { ProtocolClient } from '../support/protocol-client.ts';

skipWithoutWindows();
test.skip(SIMULATION_UNAVAILABLE !== undefined, `the simulated ZKFinger library ${SIMULATION_UNAVAILABLE}`);

test(onDesktop('the ZKFinger library runs in an Electron utility process'), async ({ dataDir, launchDesktop }) => {
	const simulated = await SimulatedZkFinger.build();
	await simulated.restart({ readers: 1, 'serial.0': 'A1', 'product.0': 'SLK20R', width: 300, height: 375 });
	const apiKey = await createApiKey(dataDir);
	const app = await launchDesktop({
		env: { FINGERPRINT_ZKFINGER_ENABLED: 'true', FINGERPRINT_ZKFINGER_LIBRARY_PATH: simulated.libraryPath },
	});
	const client = await ProtocolClient.connect(await app.url(), { apiKey });
	const { device } = await client.next('device:connected');
	expect(device).toMatchObject({ serialNumber: 'A1', model: 'SLK20R' });
	client.close();
	expect(await app.stop()).toEqual({ code: 0, signal: null });
	expect((await simulated.calls()).at(-1)).toBe('Terminate 0');
	await simulated.remove();
});
