import { join } from 'node:path';
import { AdminTokens } from '../access/admin-tokens.ts';
import { readDataFile, resolveDataDir } from '../config/data-folder.ts';
import { toSettingsFlags } from '../config/serve-flags.ts';
import { loadSettings } from '../config/settings.ts';
import { OPERATOR_PATH } from '../operator/web/operator-http-handler.ts';
import { ServiceError } from '../protocol/errors.ts';
import { serviceAddress } from '../server/http/service-address.ts';
import { isServiceRunning } from '../server/service-client/service-health.ts';
import { systemClock } from '../time/clock.ts';
import { auditCommand, BY_COMMAND } from './audit-command.ts';

export interface ConsoleCommandOptions {
	/** As in `server.host`; default: the setting. */
	readonly host?: string;
	/** Default: the setting `server.port`. */
	readonly port?: number;
	readonly dataDir?: string;
}

/** Prints a new link to the operator window of a service without a desktop app. @throws ServiceError if none is running */
export async function printConsoleLink({ host, port, dataDir: flag }: ConsoleCommandOptions): Promise<void> {
	const dataDir = resolveDataDir({ flag, env: process.env });
	const flags = toSettingsFlags({ host, port });
	const { settings } = await loadSettings({ dataDir, env: process.env, flags });
	const address = serviceAddress(settings.server);
	// A secret created here would be useless, and without the lock file the service at this address uses another data folder.
	const files = await Promise.all(['secret', 'service.lock'].map((name) => readDataFile(join(dataDir, name))));
	if (files.includes(undefined) || !(await isServiceRunning(settings.server))) {
		throw new ServiceError('SERVICE_UNAVAILABLE', {
			message: `No service with the data folder ${dataDir} answers at ${address}: start it with \`fingerprint-service serve\`, or name its port and folder with --port and --data-dir`,
		});
	}
	if (!(await fetch(`http://${address}${OPERATOR_PATH}`)).ok) {
		throw new ServiceError('SERVICE_UNAVAILABLE', {
			message: 'The service runs in the desktop app, which has its own operator window: open it from the tray',
		});
	}
	const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
	const ticket = await tokens.issueTicket();
	await auditCommand(flag, { event: 'token:issued', kind: 'link', by: BY_COMMAND });
	process.stdout.write(`http://${address}${OPERATOR_PATH}#${ticket}\n`);
}
