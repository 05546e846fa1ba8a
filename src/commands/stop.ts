import { resolveDataDir } from '../config/data-folder.ts';
import { askHolder } from '../config/lock/ask-holder.ts';

/** Ends the program that runs on the data folder, and waits for that. Does nothing if there is none. @throws ServiceError */
export async function stop({ dataDir: flag }: { dataDir?: string }): Promise<void> {
	const dataDir = resolveDataDir({ flag, env: process.env });
	const holder = await askHolder(dataDir, 'stop');
	const outcome = holder === undefined ? `No program runs on ${dataDir}` : `Process ${holder.pid} has ended`;
	process.stdout.write(`${outcome}\n`);
}
