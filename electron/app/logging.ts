import { join } from 'node:path';
import { app } from 'electron';
import { createLogging, type Logging } from '../../src/log/logging.ts';

/** The log of everything: in the data folder, and in a terminal while the app is developed. */
export function setupLogging(dataDir: string): Logging {
	// The service gives it the level that is set.
	return createLogging({ level: 'info', dir: join(dataDir, 'logs'), console: !app.isPackaged });
}
