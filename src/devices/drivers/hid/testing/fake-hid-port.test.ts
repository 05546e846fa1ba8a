import { describe, expect, it } from 'vitest';
import { FakeHidPort } from './fake-hid-port.ts';

describe('FakeHidPort', () => {
	it('rejects calls that the test has not scripted, and records them', async () => {
		const port = new FakeHidPort();
		await expect(port.write(Uint8Array.of(1, 0x41))).rejects.toThrow('write is not scripted');
		await expect(port.sendFeatureReport(Uint8Array.of(0x41, 1))).rejects.toThrow('not scripted');
		await expect(port.getFeatureReport(0x46, 3)).rejects.toThrow('not scripted');
		expect(port.sent).toEqual(['write 01 41', 'feature 41 01', 'get 46']);
	});

	it('rejects pending and later calls when unplugged, and drops later reports', async () => {
		const port = new FakeHidPort();
		const reports: Uint8Array[] = [];
		port.onReport((report) => reports.push(report));
		port.onWrite = () => new Promise(() => {});
		const writing = port.write(Uint8Array.of(0));
		port.unplug();
		port.receive(Uint8Array.of(1));
		await expect(writing).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		await expect(port.write(Uint8Array.of(0))).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(reports).toEqual([]);
		expect(await port.closed).toMatchObject({ error: 'DEVICE_DISCONNECTED' });
	});

	it('keeps the first reason when it is closed after being unplugged', async () => {
		const port = new FakeHidPort();
		port.unplug();
		await port.close();
		expect(await port.closed).toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(port.closeCalls).toBe(1);
	});
});
