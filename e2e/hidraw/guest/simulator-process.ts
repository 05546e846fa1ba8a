import { readFileSync } from 'node:fs';
import { loadInThreadEngine } from '../../../src/biometrics/worker-engine.ts';
import { assertNever } from '../../../src/protocol/assert-never.ts';
import { DevicePermissions } from './device-permissions.ts';
import { monotonicMs } from './measurements.ts';
import { SimulatedUhidReader } from './simulated-uhid-reader.ts';
import { type SimulatorAnswer, type SimulatorCommand, simulatorRequestSchema } from './simulator-commands.ts';

const { readImage } = await loadInThreadEngine();

/*
 * The process that simulates the reader and replaces udev. It exits when its parent does.
 */

const permissions = new DevicePermissions();
let reader: SimulatedUhidReader | undefined;

process.on('message', (message) => {
	void answer(message).then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.exit());

async function answer(message: unknown): Promise<SimulatorAnswer> {
	const { id, command } = simulatorRequestSchema.parse(message);
	try {
		return { id, at: await execute(command) };
	} catch (fault) {
		return { id, fault: String(fault) };
	}
}

/** Executes one command. @returns when it took effect, `monotonicMs` */
async function execute(command: SimulatorCommand): Promise<number> {
	const now = monotonicMs();
	switch (command.do) {
		case 'plug':
			reader = new SimulatedUhidReader(command.kind, command.serialNumber);
			return now;
		case 'unplug':
			return (await reader?.unplug()) ?? now;
		case 'unplug-during-upload':
			return (await reader?.unplugDuringUpload(command.afterReports)) ?? now;
		case 'place-finger':
			reader?.placeFinger(readImage(readFileSync(command.image), 500));
			return now;
		case 'lift-finger':
			await reader?.liftFinger();
			return now;
		case 'inject-fault':
			reader?.injectFault(command.fault, command.times);
			return now;
		case 'clear-faults':
			reader?.clearFaults();
			return now;
		case 'set-permissions':
			permissions.set(command.isAllowed);
			return now;
		default:
			return assertNever(command);
	}
}
