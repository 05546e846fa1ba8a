import { execFile } from 'node:child_process';

/** Longest wait for the session bus, in ms. It normally answers within milliseconds. */
const BUS_TIMEOUT_MS = 2_000;

const DBUS_SEND_ARGS = [
	'--session',
	'--print-reply=literal',
	'--dest=org.freedesktop.DBus',
	'/org/freedesktop/DBus',
	'org.freedesktop.DBus.NameHasOwner',
	'string:org.kde.StatusNotifierWatcher',
];

/**
 * Returns whether a tray icon is certain to be visible. Windows and macOS always show it. On Linux, a desktop that shows tray
 * icons owns a name on the session bus; GNOME needs an extension for that. Returns false when the session bus does not
 * answer, although an old desktop may still show the icon.
 */
export async function hasTrayHost(platform: NodeJS.Platform = process.platform): Promise<boolean> {
	if (platform !== 'linux') return true;
	return new Promise((resolve) => {
		execFile('dbus-send', DBUS_SEND_ARGS, { timeout: BUS_TIMEOUT_MS }, (error, stdout) => {
			resolve(error === null && stdout.trim() === 'boolean true');
		});
	});
}
