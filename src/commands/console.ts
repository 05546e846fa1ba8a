import { join } from 'node:path';
import { AdminTokens } from '../access/admin-tokens.ts';
import { readDataFile, resolveDataDir } from '../config/data-folder.ts';
import { loadSettings } from '../config/settings.ts';
import { CONSOLE_PATH } from '../console/web-console.ts';
import { systemClock } from '../protocol/clock.ts';
import { ServiceError } from '../protocol/errors.ts';
import { serviceAddress } from '../server/service-address.ts';
import { isServiceRunning } from '../server/service-health.ts';

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
	// A secret made here would open nothing: the running service has read or made its own.
	const hasSecret = (await readDataFile(join(dataDir, 'secret'))) !== undefined;
	if (!hasSecret || !(await isServiceRunning(settings.server))) {
		throw new ServiceError('SERVICE_UNAVAILABLE', {
			message: `No service with the data folder ${dataDir} answers at ${address}: start it with \`fingerprint-service serve\`, or name --port and --data-dir`,
		});
	}
	const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
	process.stdout.write(`http://${address}${CONSOLE_PATH}#${await tokens.issueTicket()}\n`);
}
