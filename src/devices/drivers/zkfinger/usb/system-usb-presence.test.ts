import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import { LinuxUsbPresence } from './linux-usb-presence.ts';
import { systemUsbPresence } from './system-usb-presence.ts';
import { UnsupportedUsbPresence } from './usb-presence.ts';
import { WindowsUsbPresence } from './windows-usb-presence.ts';

describe('systemUsbPresence', () => {
	it.each([
		['linux', LinuxUsbPresence],
		['win32', WindowsUsbPresence],
		['darwin', UnsupportedUsbPresence],
	] as const)('returns the implementation for %s', (platform, presence) => {
		expect(systemUsbPresence(new FakeClock(), platform)).toBeInstanceOf(presence);
	});

	it('lists nothing on other systems, and hints every 10 s', async () => {
		const clock = new FakeClock();
		const presence = systemUsbPresence(clock, 'darwin');
		let hints = 0;
		const stop = presence.watch(() => hints++);
		clock.advance(20_000);
		stop();
		expect(hints).toBe(2);
		expect(await presence.list()).toBeUndefined();
		expect(clock.pending).toBe(0);
	});
});
