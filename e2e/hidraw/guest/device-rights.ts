import { chmodSync, readdirSync, watch } from 'node:fs';
import { codeOf } from '../../../src/config/system-error.ts';

const FOR_EVERYBODY = 0o666;
const FOR_ROOT = 0o600;

/** What udev does elsewhere: gives everybody the right to open HID devices, each time that one is plugged in. */
export class DeviceRights {
	private mode = FOR_EVERYBODY;

	constructor() {
		watch('/dev', (event, name) => {
			// A change of rights is an event, too, of another kind.
			if (event === 'rename' && name?.startsWith('hidraw')) this.apply(name);
		});
	}

	/** Also of the devices that are there. */
	set(areGranted: boolean): void {
		this.mode = areGranted ? FOR_EVERYBODY : FOR_ROOT;
		for (const name of readdirSync('/dev')) if (name.startsWith('hidraw')) this.apply(name);
	}

	private apply(name: string): void {
		try {
			chmodSync(`/dev/${name}`, this.mode);
		} catch (error) {
			if (codeOf(error) !== 'ENOENT') throw error;
		}
	}
}
