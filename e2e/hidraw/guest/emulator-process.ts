import { readFileSync } from 'node:fs';
import { readImage } from '../../../src/biometrics/images/read-image.ts';
import { assertNever } from '../../../src/protocol/assert-never.ts';
import { DeviceRights } from './device-rights.ts';
import { EmulatedReader } from './emulated-reader.ts';
import { type EmulatorAnswer, type EmulatorCommand, emulatorRequestSchema } from './emulator-commands.ts';
import { monotonicMs } from './monotonic-ms.ts';

/*
 * The process that plays the reader and udev; ends with the one that started it.
 */

const rights = new DeviceRights();
let reader: EmulatedReader | undefined;

process.on('message', (message) => {
	void answer(message).then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.exit());

async function answer(message: unknown): Promise<EmulatorAnswer> {
	const { id, command } = emulatorRequestSchema.parse(message);
	try {
		return { id, at: await obey(command) };
	} catch (fault) {
		return { id, fault: String(fault) };
	}
}

/** @returns the moment right before the command took effect */
async function obey(command: EmulatorCommand): Promise<number> {
	const now = monotonicMs();
	switch (command.do) {
		case 'plug':
			reader = new EmulatedReader(command.kind, command.serialNumber);
			return now;
		case 'unplug':
			return (await reader?.unplug()) ?? now;
		case 'unplug-in-upload':
			return (await reader?.unplugInUpload(command.afterReports)) ?? now;
		case 'put-down':
			reader?.putDown(readImage(readFileSync(command.picture), 500));
			return now;
		case 'lift':
			await reader?.lift();
			return now;
		case 'disturb':
			reader?.disturb(command.trouble, command.times);
			return now;
		case 'mend':
			reader?.mend();
			return now;
		case 'set-rights':
			rights.set(command.areGranted);
			return now;
		default:
			return assertNever(command);
	}
}
