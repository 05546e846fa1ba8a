import { synthesiseImpression } from '../../src/devices/drivers/virtual/synthesis/impression.ts';
import {
	SIMULATION_UNAVAILABLE,
	SimulatedZkFinger,
} from '../../src/devices/drivers/zkfinger/testing/simulated-zkfinger.ts';
import { createApiKey } from '../support/command.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { RunningService } from '../support/running-service.ts';
import { expect, test } from '../support/service-test.ts';

test.skip(SIMULATION_UNAVAILABLE !== undefined, `the simulated ZKFinger library ${SIMULATION_UNAVAILABLE}`);

const SLK20R = { readers: 1, 'serial.0': 'A1', 'product.0': 'SLK20R', width: 300, height: 375, 'anti-fake': 31 };

test('a ZKTeco reader scans a finger, survives a crash of its library, and scans again', async ({ dataDir }) => {
	const simulation = await SimulatedZkFinger.build();
	await simulation.restart(SLK20R);
	const apiKey = await createApiKey(dataDir);
	const env = { FINGERPRINT_ZKFINGER_ENABLED: 'true', FINGERPRINT_ZKFINGER_LIBRARY_PATH: simulation.libraryPath };
	const service = await RunningService.start({ dataDir, env });
	const client = await ProtocolClient.connect(service.url, { apiKey });
	const device = { serialNumber: 'A1', model: 'SLK20R' };
	const { device: connected } = await client.next('device:connected');
	expect(connected).toMatchObject(device);
	const { id: deviceId } = connected as { id: string };
	await client.ask({ type: 'subscribe', deviceId }, 'subscribe:success');

	const finger = synthesiseImpression({ person: 1, finger: 2, condition: 'good', seed: 1 });
	await client.ask({ type: 'scan:start', deviceId }, 'scan:started');
	await simulation.change({ 'finger.0': await simulation.saveImage('finger', finger.data) });
	expect(await client.next('scan:complete', 'scan:error')).toMatchObject({
		type: 'scan:complete',
		width: 300,
		dpi: 500,
	});

	await simulation.change({ 'crash.AcquireFingerprintImage': 1 });
	client.send({ type: 'scan:start', deviceId });
	expect(await client.next('scan:error')).toMatchObject({ code: 1004 });
	await simulation.change({}, ['crash.AcquireFingerprintImage']);
	await expect.poll(() => client.next('device:status')).toMatchObject({ status: 'idle' });
	client.send({ type: 'scan:start', deviceId });
	await client.next('scan:complete');

	expect(await service.stop()).toEqual({ code: 0, signal: null });
	expect((await simulation.calls()).at(-1)).toBe('Terminate 0');
	await simulation.remove();
});
