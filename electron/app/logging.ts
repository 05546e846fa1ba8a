import { join } from 'node:path';
import { app } from 'electron';
import { createLogging, type Logging } from '../../src/log/logging.ts';

/** Creates the logging into the data folder, and to the terminal when the app is not packaged. */
export function setupLogging(dataDir: string): Logging {
	// The service applies the configured level when it starts.
	return createLogging({ level: 'info', dir: join(dataDir, 'logs'), console: !app.isPackaged });
}
