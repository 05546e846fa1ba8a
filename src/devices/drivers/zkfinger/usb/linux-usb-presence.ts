import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../../../config/system-error.ts';
import type { Clock } from '../../../../time/clock.ts';
import { repeat } from '../../../../time/repeat.ts';
import { ZKTECO_VENDOR_ID } from '../zkteco-products.ts';
import type { UsbDevice, UsbPresence } from './usb-presence.ts';

export interface LinuxUsbPresenceOptions {
	readonly clock: Clock;
	/** Folder with the kernel's descriptions of USB devices; default /sys/bus/usb/devices. */
	readonly devicesDir?: string;
	/** Folder with one folder per bus, which contains the device nodes; default /dev/bus/usb. */
	readonly nodesDir?: string;
}

/** How often to hint in addition to watching the device nodes, ms. */
const FALLBACK_INTERVAL_MS = 5_000;
/** How often to hint where device nodes cannot be watched, ms. */
const POLL_INTERVAL_MS = 1_000;

/**
 * Reads sysfs, whose entries cannot be watched, and watches the device nodes in /dev. A node is created last and removed
 * first, so a device without its node is being removed. On a machine without USB `list` returns undefined.
 */
export class LinuxUsbPresence implements UsbPresence {
	private readonly clock: Clock;
	private readonly devicesDir: string;
	private readonly nodesDir: string;

	constructor({ clock, devicesDir = '/sys/bus/usb/devices', nodesDir = '/dev/bus/usb' }: LinuxUsbPresenceOptions) {
		this.clock = clock;
		this.devicesDir = devicesDir;
		this.nodesDir = nodesDir;
	}

	async list(): Promise<readonly UsbDevice[] | undefined> {
		const names = await readdir(this.devicesDir).catch(ifGone);
		if (names === undefined) return undefined;
		// Names with a colon are interfaces of a device.
		const devices = await Promise.all(names.filter((name) => !name.includes(':')).map((name) => this.read(name)));
		return devices.filter((device) => device !== undefined);
	}

	watch(onHint: () => void): () => void {
		const watchers = this.watchNodes(onHint);
		const stopRepeating = repeat(this.clock, watchers.length > 0 ? FALLBACK_INTERVAL_MS : POLL_INTERVAL_MS, onHint);
		return () => {
			stopRepeating();
			for (const watcher of watchers) watcher.close();
		};
	}

	/** Reads one device. @returns undefined for a device of another vendor, and for one that is unplugged during the call */
	private async read(name: string): Promise<UsbDevice | undefined> {
		const attribute = async (file: string) => (await readFile(join(this.devicesDir, name, file), 'utf8')).trim();
		try {
			if (Number.parseInt(await attribute('idVendor'), 16) !== ZKTECO_VENDOR_ID) return undefined;
			const [bus, device] = [await attribute('busnum'), await attribute('devnum')];
			if (!this.hasNode(bus, device)) return undefined;
			return { address: `${bus}-${device}`, productId: Number.parseInt(await attribute('idProduct'), 16) };
		} catch (thrown) {
			return ifGone(thrown);
		}
	}

	/** Returns whether the device has a node; always true in a container without nodes, where only sysfs is used. */
	private hasNode(bus: string, device: string): boolean {
		const busDir = join(this.nodesDir, bus.padStart(3, '0'));
		return !existsSync(busDir) || existsSync(join(busDir, device.padStart(3, '0')));
	}

	private watchNodes(onHint: () => void): FSWatcher[] {
		const watchers: FSWatcher[] = [];
		try {
			// A bus that appears later, such as that of a docking station, is not watched: the fallback interval covers it.
			for (const bus of readdirSync(this.nodesDir)) {
				watchers.push(watch(join(this.nodesDir, bus), onHint).on('error', onHint));
			}
			return watchers;
		} catch {
			// There are no nodes, or the machine has no watches left: the caller is hinted more often instead.
			for (const watcher of watchers) watcher.close();
			return [];
		}
	}
}

/** Ignores the errors of a device that is unplugged while it is read; throws any other error. */
function ifGone(thrown: unknown): undefined {
	const code = codeOf(thrown);
	if (code !== 'ENOENT' && code !== 'ENODEV' && code !== 'EIO' && code !== 'ENOTDIR') throw thrown;
	return undefined;
}
