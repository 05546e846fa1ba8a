import { execFile } from 'node:child_process';

/** Longest wait for the session bus, which answers within milliseconds, ms. */
const BUS_TIMEOUT_MS = 2_000;

const ASK_THE_BUS = [
	'--session',
	'--print-reply=literal',
	'--dest=org.freedesktop.DBus',
	'/org/freedesktop/DBus',
	'org.freedesktop.DBus.NameHasOwner',
	'string:org.kde.StatusNotifierWatcher',
];

/**
 * Whether a tray icon can surely be seen. Windows and macOS always have a place for it; on Linux the desktop must have said on
 * the session bus that it shows such icons, which GNOME does only with an extension. Where it cannot be found out the
 * answer is no: an old desktop may show the icon all the same.
 */
export async function hasTrayHost(platform: NodeJS.Platform = process.platform): Promise<boolean> {
	if (platform !== 'linux') return true;
	return new Promise((resolve) => {
		execFile('dbus-send', ASK_THE_BUS, { timeout: BUS_TIMEOUT_MS }, (error, stdout) => {
			resolve(error === null && stdout.trim() === 'boolean true');
		});
	});
}
