import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import { prepareDataDir, resolveDataDir } from '../../src/config/data-folder.ts';

/**
 * Prepares the data folder and sets Electron's paths, which must happen before Electron is ready. The data folder is the
 * one that the headless service and the command line use; Chromium's files go into its `window` sub-folder.
 *
 * @param flag the value of `--data-dir`
 * @returns the path of the data folder
 * @throws ServiceError CONFIGURATION_ERROR that names the folder
 */
export async function setupPaths(flag: string | undefined): Promise<string> {
	const dataDir = resolveDataDir({ flag, env: process.env });
	const sessionData = join(dataDir, 'window');
	await prepareDataDir(dataDir);
	await mkdir(sessionData, { recursive: true, mode: 0o700 });
	app.setPath('userData', dataDir);
	app.setPath('sessionData', sessionData);
	return dataDir;
}
