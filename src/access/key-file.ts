import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { parseDataFile, readDataFile, writeDataFile } from '../config/data-folder.ts';
import { withFileLock } from '../config/file-lock.ts';
import { type ApiKeyRecord, apiKeyRecordSchema } from './key-record.ts';

/** A file of a later version is refused rather than written back with its new fields lost. */
const VERSION = 1;

const keyFileSchema = z.object({
	version: z.literal(VERSION, { error: `must be ${VERSION}: the file belongs to another version of the service` }),
	keys: z.array(apiKeyRecordSchema, { error: 'must be a list' }),
});

/** `keys.json` of the data folder, which other processes change as well. */
export class KeyFile {
	readonly path: string;
	/** Tells the state of the file that was read last from every later one. */
	private seen: string | undefined;

	constructor(dataDir: string) {
		this.path = join(dataDir, 'keys.json');
	}

	/**
	 * The records, none if there is no file; `undefined` if the file is as it was at the last look.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR naming file and field, once for each damaged state
	 */
	async readIfChanged(): Promise<readonly ApiKeyRecord[] | undefined> {
		const stamp = await this.stamp();
		if (stamp === this.seen) return undefined;
		this.seen = stamp;
		const records = await this.read();
		// An update that finished meanwhile knows better.
		return this.seen === stamp ? records : undefined;
	}

	/**
	 * Read, change and write while no other process does.
	 *
	 * @returns what is in the file now
	 * @throws ServiceError CONFIGURATION_ERROR if the file is damaged, DB_QUERY_FAILED if it cannot be written or stays
	 *   locked, and what `change` throws; the file then is as it was
	 */
	async update(
		change: (records: readonly ApiKeyRecord[]) => readonly ApiKeyRecord[],
	): Promise<readonly ApiKeyRecord[]> {
		return withFileLock(this.path, async () => {
			const keys = change(await this.read());
			await writeDataFile(this.path, `${JSON.stringify({ version: VERSION, keys }, undefined, '\t')}\n`, {
				mode: 0o600,
			});
			this.seen = await this.stamp();
			return keys;
		});
	}

	private async read(): Promise<readonly ApiKeyRecord[]> {
		const text = await readDataFile(this.path);
		return text === undefined ? [] : parseDataFile(this.path, text, keyFileSchema).keys;
	}

	/** Each atomic write makes a new inode, so that even two writes within one tick of the clock differ. */
	private async stamp(): Promise<string> {
		try {
			const { ino, mtimeNs, size } = await stat(this.path, { bigint: true });
			return `${ino} ${mtimeNs} ${size}`;
		} catch (cause) {
			// Missing or out of reach is a state as well; `read` says what it means.
			return String(cause);
		}
	}
}
