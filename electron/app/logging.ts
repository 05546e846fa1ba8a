import { join } from 'node:path';
import { app } from 'electron';
import { recordCrashes } from '../../src/log/last-crash.ts';
import { createLogging, type Logging } from '../../src/log/logging.ts';

/** Creates the logging into the data folder, and to the terminal when the app is not packaged. Crashes are recorded there too. */
export function setupLogging(dataDir: string): Logging {
	const dir = join(dataDir, 'logs');
	recordCrashes(dir);
	// The service applies the configured level when it starts.
	return createLogging({ level: 'info', dir, console: !app.isPackaged });
}
