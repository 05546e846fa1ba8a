import { chmodSync, readdirSync, statSync, watch } from 'node:fs';
import { codeOf } from '../../../src/config/system-error.ts';

const FOR_EVERYBODY = 0o666;
const FOR_ROOT = 0o600;
const ALL_RIGHTS = 0o777;

/** What udev does elsewhere: gives everybody the right to open HID devices, each time that one is plugged in. */
export class DeviceRights {
	private mode = FOR_EVERYBODY;

	constructor() {
		// Also when rights change: the kernel makes a node first and then gives it its own.
		watch('/dev', (_event, name) => {
			if (name?.startsWith('hidraw')) this.apply(name);
		});
	}

	/** Also of the devices that are there. */
	set(areGranted: boolean): void {
		this.mode = areGranted ? FOR_EVERYBODY : FOR_ROOT;
		for (const name of readdirSync('/dev')) if (name.startsWith('hidraw')) this.apply(name);
	}

	private apply(name: string): void {
		try {
			const path = `/dev/${name}`;
			if ((statSync(path).mode & ALL_RIGHTS) !== this.mode) chmodSync(path, this.mode);
		} catch (error) {
			if (codeOf(error) !== 'ENOENT') throw error;
		}
	}
}
