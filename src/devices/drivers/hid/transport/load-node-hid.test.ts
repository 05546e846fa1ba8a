import { describe, expect, it } from 'vitest';
import { loadNodeHid } from './load-node-hid.ts';

describe('loadNodeHid', () => {
	it('names reason and remedy when the native code cannot be loaded, and tries again on the next call', async () => {
		let attempts = 0;
		const load = () =>
			loadNodeHid(async () => {
				attempts++;
				throw new Error('libusb-1.0.so.0: cannot open shared object file');
			});
		const refusal = {
			error: 'DEVICE_INIT_FAILED',
			message:
				'The HID library cannot be loaded (libusb-1.0.so.0: cannot open shared object file): on Linux install libusb-1.0-0 and libudev1',
		};
		await expect(load()).rejects.toMatchObject(refusal);
		await expect(load()).rejects.toMatchObject(refusal);
		expect(attempts).toBe(2);
	});

	it('loads the installed library, or reports what is missing on this machine', async () => {
		const outcome = await loadNodeHid().then(
			(library) => library.getHidapiVersion(),
			(error: unknown) => error,
		);
		if (typeof outcome === 'string') expect(outcome).toMatch(/^\d+\.\d+/);
		else expect(outcome).toMatchObject({ error: 'DEVICE_INIT_FAILED', message: expect.stringContaining('install') });
	});
});
