import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { CLOCK_STEPS_MS, FakeClock } from '../../../../time/testing/fake-clock.ts';
import { type HidHandle, NodeHidPort, openNodeHidPort } from './node-hid-port.ts';

/** Implements node-hid's open device in memory. */
class FakeHandle extends EventEmitter implements HidHandle {
	readonly sent: string[] = [];
	closeCalls = 0;
	onCall: () => Promise<number> = async () => 1;
	onClose: () => Promise<void> = async () => {};

	async write(report: Buffer): Promise<number> {
		this.sent.push(`write ${report.toString('hex')}`);
		return this.onCall();
	}

	async sendFeatureReport(report: Buffer): Promise<number> {
		this.sent.push(`feature ${report.toString('hex')}`);
		return this.onCall();
	}

	async getFeatureReport(reportId: number, length: number): Promise<Buffer> {
		await this.onCall();
		return Buffer.alloc(length, reportId);
	}

	async close(): Promise<void> {
		this.closeCalls++;
		await this.onClose();
	}
}

let handle: FakeHandle;
let clock: FakeClock;
let port: NodeHidPort;

beforeEach(() => {
	handle = new FakeHandle();
	clock = new FakeClock();
	port = new NodeHidPort(handle, clock);
});

async function settle(): Promise<void> {
	for (let i = 0; i < 10; i++) await Promise.resolve();
}

const CALLS: [string, () => Promise<unknown>][] = [
	['write', () => port.write(Uint8Array.of(0, 1))],
	['sendFeatureReport', () => port.sendFeatureReport(Uint8Array.of(0x41, 1))],
	['getFeatureReport', () => port.getFeatureReport(0x46, 3)],
];

describe('NodeHidPort', () => {
	it('passes reports both ways', async () => {
		const reports: Uint8Array[] = [];
		handle.emit('data', Buffer.of(9));
		port.onReport((report) => reports.push(report));
		handle.emit('data', Buffer.of(1, 2));
		await port.write(Uint8Array.of(0, 0xef));
		await port.sendFeatureReport(Uint8Array.of(0x41, 1));
		expect(await port.getFeatureReport(0x46, 3)).toEqual(Buffer.of(0x46, 0x46, 0x46));
		expect(reports).toEqual([Buffer.of(1, 2)]);
		expect(handle.sent).toEqual(['write 00ef', 'feature 4101']);
	});

	it('closes when the library reports with a string that the device was unplugged', async () => {
		const reports: Uint8Array[] = [];
		port.onReport((report) => reports.push(report));
		handle.emit('error', 'could not read from HID device');
		handle.emit('data', Buffer.of(1));
		handle.emit('error', 'could not read from HID device');
		expect(await port.closed).toMatchObject({ error: 'DEVICE_DISCONNECTED', cause: 'could not read from HID device' });
		expect(reports).toEqual([]);
	});

	it('closes the handle only after the library has started reading', async () => {
		const steps: string[] = [];
		handle = new FakeHandle();
		handle.on('newListener', (event) => {
			if (event === 'data') process.nextTick(() => steps.push('read'));
		});
		handle.onClose = async () => void steps.push('close');
		await new NodeHidPort(handle, clock).close();
		expect(steps).toEqual(['read', 'close']);
	});

	it.each(CALLS)('rejects a pending and every later %s when the device is unplugged', async (_name, call) => {
		handle.onCall = () => new Promise(() => {});
		const ended = expect(call()).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		handle.emit('error', 'gone');
		await ended;
		await expect(call()).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(clock.pending).toBe(0);
	});

	it.each(CALLS)('rejects a failed %s as unplugged when that is reported shortly afterwards', async (_name, call) => {
		handle.onCall = () => Promise.reject(new Error('No such device'));
		const ended = expect(call()).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		await settle();
		handle.emit('error', 'gone');
		await ended;
		expect(clock.pending).toBe(0);
	});

	it.each(CALLS)('rejects a failed %s of a plugged-in device with reason and remedy', async (_name, call) => {
		handle.onCall = () => Promise.reject(new Error('Broken pipe'));
		const ended = expect(call()).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			message: 'The HID device did not accept a report (Broken pipe): replug the reader',
		});
		await settle();
		clock.advance(100);
		await ended;
	});

	it('closes its handle once, even if that fails, and rejects pending calls', async () => {
		handle.onCall = () => new Promise(() => {});
		handle.onClose = () => Promise.reject(new Error('device is already closed'));
		const ended = expect(port.write(Uint8Array.of(0))).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await Promise.all([port.close(), port.close()]);
		await ended;
		expect(await port.closed).toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		expect(handle.closeCalls).toBe(1);
	});

	it('closes the handle of an unplugged device', async () => {
		handle.emit('error', 'gone');
		await port.close();
		expect(handle.closeCalls).toBe(1);
		expect(await port.closed).toMatchObject({ error: 'DEVICE_DISCONNECTED' });
	});

	it('still handles error events after it was closed, because an unhandled one would end the process', async () => {
		await port.close();
		expect(() => handle.emit('error', 'gone')).not.toThrow();
	});
});

describe('openNodeHidPort', () => {
	const permissionError = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', syscall: 'access' });

	it('opens a device once the system has granted permission for its node', async () => {
		let tries = 0;
		const opening = openNodeHidPort('/dev/hidraw0', {
			clock,
			open: async () => handle,
			checkPermission: async () => {
				if (++tries < 3) throw permissionError;
			},
		});
		await settle();
		clock.advance(50);
		await settle();
		clock.advance(50);
		await expect(opening).resolves.toBeInstanceOf(NodeHidPort);
		expect(tries).toBe(3);
	});

	it('rejects after a second without permission, and names the remedy', async () => {
		const opening = openNodeHidPort('/dev/hidraw0', {
			clock,
			open: async () => handle,
			checkPermission: () => Promise.reject(permissionError),
		});
		const refused = expect(opening).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			message:
				'No permission to open /dev/hidraw0: install the udev rules 70-fingerprint-service.rules, then replug the reader',
		});
		for (let i = 0; i < 20; i++) {
			await settle();
			clock.advance(50);
		}
		await refused;
		expect(clock.pending).toBe(0);
	});

	it.each(CLOCK_STEPS_MS)('waits a second for permission when the wall clock is set by %i ms', async (stepMs) => {
		let tries = 0;
		const opening = openNodeHidPort('/dev/hidraw0', {
			clock,
			open: async () => handle,
			checkPermission: () => {
				tries++;
				return Promise.reject(permissionError);
			},
		});
		const refused = expect(opening).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		clock.stepWallClock(stepMs);
		for (let i = 0; i < 20; i++) {
			await settle();
			clock.advance(50);
		}
		await refused;
		expect(tries).toBe(21);
	});

	it('reports why a device cannot be opened', async () => {
		const open = () => Promise.reject(new Error('cannot open device with path /dev/hidraw0'));
		await expect(
			openNodeHidPort('/dev/hidraw0', { clock, open, checkPermission: async () => {} }),
		).rejects.toMatchObject({
			error: 'DEVICE_INIT_FAILED',
			message: expect.stringContaining('cannot open device with path /dev/hidraw0'),
		});
	});

	it('rejects as unplugged when the device node is missing', async () => {
		await expect(openNodeHidPort('/dev/hidraw-none', { clock, open: async () => handle })).rejects.toMatchObject({
			error: 'DEVICE_DISCONNECTED',
		});
	});

	it('does not check permissions for a path that is not a file', async () => {
		await expect(openNodeHidPort('DevSrvsID:42', { clock, open: async () => handle })).resolves.toBeDefined();
	});
});
