import type { Clock } from '../../../../time/clock.ts';
import { LinuxUsbPresence } from './linux-usb-presence.ts';
import { UnsupportedUsbPresence, type UsbPresence } from './usb-presence.ts';
import { WindowsUsbPresence } from './windows-usb-presence.ts';

/** Returns the implementation for this system. The vendor's library exists only for Linux and Windows. */
export function systemUsbPresence(clock: Clock, platform: NodeJS.Platform = process.platform): UsbPresence {
	if (platform === 'linux') return new LinuxUsbPresence({ clock });
	if (platform === 'win32') return new WindowsUsbPresence({ clock });
	return new UnsupportedUsbPresence(clock);
}
