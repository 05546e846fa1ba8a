import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import { LinuxUsbPresence } from './linux-usb-presence.ts';

let dir: string;
let clock: FakeClock;
let presence: LinuxUsbPresence;

beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'usb-'));
	clock = new FakeClock();
	presence = new LinuxUsbPresence({ clock, devicesDir: join(dir, 'devices'), nodesDir: join(dir, 'nodes') });
});

afterEach(() => rm(dir, { recursive: true }));

/** Writes the attributes of a device as the kernel does, with a line feed at the end. */
async function describeDevice(name: string, attributes: Readonly<Record<string, string>>): Promise<void> {
	await mkdir(join(dir, 'devices', name), { recursive: true });
	for (const [file, value] of Object.entries(attributes)) {
		await writeFile(join(dir, 'devices', name, file), `${value}\n`);
	}
}

async function makeNode(bus: string, device: string): Promise<void> {
	await mkdir(join(dir, 'nodes', bus), { recursive: true });
	await writeFile(join(dir, 'nodes', bus, device), '');
}

const SLK20R = { idVendor: '1b55', idProduct: '0120', busnum: '1', devnum: '7' };

describe('LinuxUsbPresence', () => {
	it('lists the devices of ZKTeco', async () => {
		await describeDevice('1-4', SLK20R);
		await describeDevice('1-5', { ...SLK20R, idProduct: '0840', devnum: '12' });
		await describeDevice('usb1', { idVendor: '1d6b', idProduct: '0002', busnum: '1', devnum: '1' });
		await describeDevice('1-4:1.0', { bInterfaceClass: 'ff' });
		const devices = await presence.list();
		expect(devices?.toSorted((a, b) => a.productId - b.productId)).toEqual([
			{ address: '1-7', productId: 0x0120 },
			{ address: '1-12', productId: 0x0840 },
		]);
	});

	it('omits a device whose node is already removed', async () => {
		await describeDevice('1-4', SLK20R);
		await makeNode('001', '007');
		expect(await presence.list()).toHaveLength(1);
		await rm(join(dir, 'nodes/001/007'));
		expect(await presence.list()).toEqual([]);
	});

	it('omits a device that is unplugged while it is read', async () => {
		await describeDevice('1-4', { idVendor: '1b55' });
		expect(await presence.list()).toEqual([]);
	});

	it('returns undefined on a machine without USB', async () => {
		expect(await presence.list()).toBeUndefined();
	});

	it('hints when a node appears or disappears, and every 5 s', async () => {
		await makeNode('001', '001');
		let hint = () => {};
		const nextHint = () =>
			new Promise<void>((resolve) => {
				hint = resolve;
			});
		const stop = presence.watch(() => hint());
		const hintedByNode = nextHint();
		await makeNode('001', '007');
		await hintedByNode;
		const hintedByInterval = nextHint();
		clock.advance(5_000);
		await hintedByInterval;
		stop();
		expect(clock.pending).toBe(0);
	});

	it('hints every second where there are no nodes to watch', () => {
		let hints = 0;
		const stop = presence.watch(() => hints++);
		clock.advance(3_000);
		expect(hints).toBe(3);
		stop();
		stop();
		clock.advance(3_000);
		expect(hints).toBe(3);
	});
});
