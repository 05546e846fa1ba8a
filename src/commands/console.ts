import { join } from 'node:path';
import { AdminTokens } from '../access/admin-tokens.ts';
import { readDataFile, resolveDataDir } from '../config/data-folder.ts';
import { loadSettings } from '../config/settings.ts';
import { CONSOLE_PATH } from '../operator/web/web-operator.ts';
import { ServiceError } from '../protocol/errors.ts';
import { serviceAddress } from '../server/http/service-address.ts';
import { isServiceRunning } from '../server/service-client/service-health.ts';
import { systemClock } from '../time/clock.ts';

export interface ConsoleCommandOptions {
	/** As in `server.host`; default: the setting. */
	readonly host?: string;
	/** Default: the setting `server.port`. */
	readonly port?: number;
	readonly dataDir?: string;
}

/** Print a fresh link to the operator's window of the service that runs without a desktop app. @throws ServiceError if none runs */
export async function printConsoleLink({ host, port, dataDir: flag }: ConsoleCommandOptions): Promise<void> {
	const dataDir = resolveDataDir({ flag, env: process.env });
	const server = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
	const { settings } = await loadSettings({ dataDir, env: process.env, flags: { server } });
	const address = serviceAddress(settings.server);
	// Made here a secret would open nothing, and without the lock whoever answers there keeps its data elsewhere.
	const files = await Promise.all(['secret', 'service.lock'].map((name) => readDataFile(join(dataDir, name))));
	if (files.includes(undefined) || !(await isServiceRunning(settings.server))) {
		throw new ServiceError('SERVICE_UNAVAILABLE', {
			message: `No service with the data folder ${dataDir} answers at ${address}: start it with \`fingerprint-service serve\`, or name --port and --data-dir`,
		});
	}
	if (!(await fetch(`http://${address}${CONSOLE_PATH}`)).ok) {
		throw new ServiceError('SERVICE_UNAVAILABLE', {
			message: 'The service runs in the desktop app, which has the window: open it from the tray',
		});
	}
	const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
	process.stdout.write(`http://${address}${CONSOLE_PATH}#${await tokens.issueTicket()}\n`);
}
