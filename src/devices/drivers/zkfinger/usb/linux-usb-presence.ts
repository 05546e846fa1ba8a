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
	/** Where the kernel describes the devices on the bus; default /sys/bus/usb/devices. */
	readonly devicesDir?: string;
	/** Where each device has its node, in a folder for its bus; default /dev/bus/usb. */
	readonly nodesDir?: string;
}

/** A net under the watching of nodes, ms. */
const NET_INTERVAL_MS = 5_000;
/** Where nodes cannot be watched, ms. */
const POLL_INTERVAL_MS = 1_000;

/**
 * Reads sysfs, whose entries a program cannot watch, and watches the nodes in /dev, which come last and go first: a device
 * without its node is on its way out. On a machine without USB it cannot tell.
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
		// An interface has a colon in its name.
		const devices = await Promise.all(names.filter((name) => !name.includes(':')).map((name) => this.read(name)));
		return devices.filter((device) => device !== undefined);
	}

	watch(onHint: () => void): () => void {
		const watchers = this.watchNodes(onHint);
		const stopRepeating = repeat(this.clock, watchers.length > 0 ? NET_INTERVAL_MS : POLL_INTERVAL_MS, onHint);
		return () => {
			stopRepeating();
			for (const watcher of watchers) watcher.close();
		};
	}

	/** @returns undefined for a device of another vendor, and for one that is gone meanwhile */
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

	/** In a container there may be no nodes at all; then sysfs alone has to do. */
	private hasNode(bus: string, device: string): boolean {
		const busDir = join(this.nodesDir, bus.padStart(3, '0'));
		return !existsSync(busDir) || existsSync(join(busDir, device.padStart(3, '0')));
	}

	private watchNodes(onHint: () => void): FSWatcher[] {
		const watchers: FSWatcher[] = [];
		try {
			// Buses come and go with their controllers, as in a docking station: those that come later are left to the net.
			for (const bus of readdirSync(this.nodesDir)) {
				watchers.push(watch(join(this.nodesDir, bus), onHint).on('error', onHint));
			}
			return watchers;
		} catch {
			// No nodes, or no more watches to be had on this machine: looking more often does as well.
			for (const watcher of watchers) watcher.close();
			return [];
		}
	}
}

/** What a device that is unplugged while it is read throws; anything else is a fault. */
function ifGone(thrown: unknown): undefined {
	const code = codeOf(thrown);
	if (code !== 'ENOENT' && code !== 'ENODEV' && code !== 'EIO' && code !== 'ENOTDIR') throw thrown;
	return undefined;
}
