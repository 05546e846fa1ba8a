import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../node_modules/electron', import.meta.url));

/** The script that fetches the runtime which belongs to the installed package. */
export const INSTALL_SCRIPT = join(PACKAGE, 'install.js');

/**
 * Where the program of Electron is: in the folder that ELECTRON_OVERRIDE_DIST_PATH names, else in the package, as the
 * package itself finds it; but nothing is fetched.
 *
 * @returns `undefined` if there is none
 */
export function findElectron(env: NodeJS.ProcessEnv): string | undefined {
	const installed = readIfThere(join(PACKAGE, 'path.txt'));
	const override = env.ELECTRON_OVERRIDE_DIST_PATH;
	if (override) return ifThere(join(override, installed ?? programName()));
	return installed === undefined ? undefined : ifThere(join(PACKAGE, 'dist', installed));
}

/** Whether a window could be shown: on Linux some display must be named. */
export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
	return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

function programName(): string {
	if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
	return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function ifThere(file: string): string | undefined {
	return existsSync(file) ? file : undefined;
}

function readIfThere(file: string): string | undefined {
	return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
