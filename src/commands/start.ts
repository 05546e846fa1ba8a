import { resolveDataDir } from '../config/data-folder.ts';
import { askHolder } from '../config/lock/ask-holder.ts';
import { noProgramError } from './find-service.ts';

/** Starts the stopped service of the program that runs on the data folder. @throws ServiceError if there is none, or why it cannot start */
export async function start({ dataDir: flag }: { dataDir?: string }): Promise<void> {
	const dataDir = resolveDataDir({ flag, env: process.env });
	const holder = await askHolder(dataDir, 'start');
	if (holder === undefined) throw noProgramError(dataDir);
	process.stdout.write(`The service is running on ${holder.addresses.join(', ')}\n`);
}
