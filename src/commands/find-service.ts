import { resolveDataDir } from '../config/data-folder.ts';
import { askHolder } from '../config/lock/ask-holder.ts';
import type { ProgramStatus } from '../config/lock/lock-messages.ts';
import { ownCommand } from '../config/own-command.ts';
import { toSettingsFlags } from '../config/serve-flags.ts';
import { loadSettings } from '../config/settings.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { ListeningAddress } from '../server/http/service-address.ts';

/** The flags by which commands find the service. */
export interface ServiceFlags {
	/** As in `server.host`; default: where the service of the data folder listens, or else the setting. */
	readonly host?: string;
	/** Default: where the service of the data folder listens, or else the setting `server.port`. */
	readonly port?: number;
	readonly dataDir?: string;
}

export interface FoundService {
	readonly dataDir: string;
	/** The program that runs on the data folder; `undefined` if there is none. */
	readonly holder: ProgramStatus | undefined;
	/** Where the service listens, or would listen if it ran. */
	readonly address: ListeningAddress;
}

/**
 * Finds the service of a data folder. The program that runs on the folder reports where it listens, because the settings may have
 * changed since it started, and its flags and environment are unknown here.
 *
 * @throws ServiceError SERVICE_UNAVAILABLE if that program does not answer, unless a port is given; CONFIGURATION_ERROR
 */
export async function findService({ host, port, dataDir: flag }: ServiceFlags): Promise<FoundService> {
	const dataDir = resolveDataDir({ flag, env: process.env });
	const holder = await askHolder(dataDir, 'status').catch((thrown: unknown) => {
		if (port === undefined) throw thrown;
		return undefined;
	});
	if (holder?.host !== undefined && holder.port !== undefined)
		return { dataDir, holder, address: { host: host ?? holder.host, port: port ?? holder.port } };
	const flags = toSettingsFlags({ host, port });
	const { settings } = await loadSettings({ dataDir, env: process.env, flags });
	return { dataDir, holder, address: settings.server };
}

/** Returns in one line why the service of a program is not running and how to start it. */
export function notRunningText({ state, problem }: ProgramStatus, dataDir: string): string {
	if (state === 'starting' || state === 'stopping') return `The service is ${state}: try again in a few seconds`;
	if (state === 'failed') return `The service could not start: ${problem}. Then run ${ownCommand('start', dataDir)}`;
	return `The service is stopped: start it with ${ownCommand('start', dataDir)}`;
}

/** Returns the error for a data folder on which no program runs. */
export function noProgramError(dataDir: string): ServiceError {
	return new ServiceError('SERVICE_UNAVAILABLE', {
		message: `No program runs on the data folder ${dataDir}: start one with ${ownCommand('serve', dataDir)} or the desktop app, or name another folder with --data-dir`,
	});
}
