import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import { prepareDataDir, resolveDataDir } from '../../src/config/data-folder.ts';

/**
 * Settle where everything is kept, before Electron is ready: in the one data folder that the headless service and the
 * command line use, too; what Chromium keeps for the window goes into `window` below it.
 *
 * @param flag the data folder as typed
 * @returns the data folder
 * @throws ServiceError CONFIGURATION_ERROR naming the folder
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
