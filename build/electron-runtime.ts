import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../node_modules/electron', import.meta.url));

/** The script that downloads the Electron runtime of the installed package. */
export const INSTALL_SCRIPT = join(PACKAGE, 'install.js');

/**
 * Returns the path of the Electron executable, or `undefined` when it is not installed. Searches the folder named by
 * ELECTRON_OVERRIDE_DIST_PATH, otherwise the package, as the package itself does, but downloads nothing.
 */
export function findElectron(env: NodeJS.ProcessEnv): string | undefined {
	const installed = readIfExists(join(PACKAGE, 'path.txt'));
	const override = env.ELECTRON_OVERRIDE_DIST_PATH;
	if (override) return ifExists(join(override, installed ?? programName()));
	return installed === undefined ? undefined : ifExists(join(PACKAGE, 'dist', installed));
}

/** Returns whether a window can be shown: on Linux, the environment must name an X11 or Wayland display. */
export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
	return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

function programName(): string {
	if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
	return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function ifExists(file: string): string | undefined {
	return existsSync(file) ? file : undefined;
}

function readIfExists(file: string): string | undefined {
	return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
