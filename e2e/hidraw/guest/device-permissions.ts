import { chmodSync, readdirSync, statSync, watch } from 'node:fs';
import { codeOf } from '../../../src/config/system-error.ts';

const ALL_USERS_MODE = 0o666;
const ROOT_MODE = 0o600;
const PERMISSION_MASK = 0o777;

/** Replaces udev in the virtual machine: lets all users open each HID device that is plugged in. */
export class DevicePermissions {
	private mode = ALL_USERS_MODE;

	constructor() {
		// The watch also reports changed permissions: the kernel creates a node and then sets its default permissions.
		watch('/dev', (_event, name) => {
			if (name?.startsWith('hidraw')) this.apply(name);
		});
	}

	/** Sets the permissions of present and future devices. */
	set(isAllowed: boolean): void {
		this.mode = isAllowed ? ALL_USERS_MODE : ROOT_MODE;
		for (const name of readdirSync('/dev')) if (name.startsWith('hidraw')) this.apply(name);
	}

	private apply(name: string): void {
		try {
			const path = `/dev/${name}`;
			if ((statSync(path).mode & PERMISSION_MASK) !== this.mode) chmodSync(path, this.mode);
		} catch (error) {
			if (codeOf(error) !== 'ENOENT') throw error;
		}
	}
}
