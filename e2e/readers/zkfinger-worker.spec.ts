import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { STOP_SIGNALS } from '../../src/config/stop-signals.ts';
import {
	SIMULATION_UNAVAILABLE,
	SimulatedZkFinger,
} from '../../src/devices/drivers/zkfinger/testing/simulated-zkfinger.ts';

const WORKER = fileURLToPath(new URL('../../dist/zkfinger-worker.js', import.meta.url));

test.skip(SIMULATION_UNAVAILABLE !== undefined, `the simulated ZKFinger library ${SIMULATION_UNAVAILABLE}`);

test('the bundled worker finds a reader through the library, ignores signals and ends with its parent process', async () => {
	const simulation = await SimulatedZkFinger.build();
	await simulation.restart({ readers: 1, 'serial.0': 'A1', 'product.0': 'SLK20R' });
	const worker = fork(WORKER, [simulation.libraryPath], { serialization: 'advanced' });
	worker.send({ id: 1, request: { type: 'scan' } });
	expect(await once(worker, 'message')).toMatchObject([{ id: 1, result: [{ serialNumber: 'A1', model: 'SLK20R' }] }]);

	for (const signal of STOP_SIGNALS) worker.kill(signal);
	worker.send({ id: 2, request: { type: 'capture', serialNumber: 'A1' } });
	expect(await once(worker, 'message')).toMatchObject([{ id: 2, result: { type: 'empty' } }]);

	worker.disconnect();
	expect(await once(worker, 'exit')).toEqual([0, null]);
	const [closed, ended] = (await simulation.calls()).slice(-2);
	expect([closed, ended]).toEqual(['CloseDevice 0', 'Terminate 0']);
	await simulation.remove();
});
