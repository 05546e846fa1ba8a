import type { Clock } from '../../../../time/clock.ts';
import { LinuxUsbPresence } from './linux-usb-presence.ts';
import { BlindUsbPresence, type UsbPresence } from './usb-presence.ts';
import { WindowsUsbPresence } from './windows-usb-presence.ts';

/** The presence as this system tells it; the vendor's library exists for Linux and Windows alone. */
export function systemUsbPresence(clock: Clock, platform: NodeJS.Platform = process.platform): UsbPresence {
	if (platform === 'linux') return new LinuxUsbPresence({ clock });
	if (platform === 'win32') return new WindowsUsbPresence({ clock });
	return new BlindUsbPresence(clock);
}
