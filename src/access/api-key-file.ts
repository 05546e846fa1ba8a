import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { parseDataFile, readDataFile, writeDataFile } from '../config/data-folder.ts';
import { withFileLock } from '../config/file-lock.ts';
import { type ApiKeyRecord, apiKeyRecordSchema } from './key-record.ts';

/** Version of the file format. A file of another version is refused, because writing it back would lose its new fields. */
const VERSION = 1;

const keyFileSchema = z.object({
	version: z.literal(VERSION, { error: `must be ${VERSION}: the file belongs to another version of the service` }),
	keys: z.array(apiKeyRecordSchema, { error: 'must be a list' }),
});

/** `keys.json` of the data folder, which other processes may change. */
export class ApiKeyFile {
	readonly path: string;
	/** Identifies the state of the file that was read or written last. */
	private lastStamp: string | undefined;

	constructor(dataDir: string) {
		this.path = join(dataDir, 'keys.json');
	}

	/**
	 * Returns the records, none if there is no file; `undefined` if the file has not changed since the last read or update.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR naming file and field; once for each damaged state
	 */
	async readIfChanged(): Promise<readonly ApiKeyRecord[] | undefined> {
		const stamp = await this.stamp();
		if (stamp === this.lastStamp) return undefined;
		this.lastStamp = stamp;
		const records = await this.read();
		// If an update has finished in the meantime, its result is newer.
		return this.lastStamp === stamp ? records : undefined;
	}

	/**
	 * Reads, changes and writes the file while holding its lock.
	 *
	 * @returns the new records
	 * @throws ServiceError CONFIGURATION_ERROR if the file is damaged, DB_QUERY_FAILED if it cannot be written or stays
	 *   locked, and what `change` throws; the file is unchanged then
	 */
	async update(
		change: (records: readonly ApiKeyRecord[]) => readonly ApiKeyRecord[],
	): Promise<readonly ApiKeyRecord[]> {
		return withFileLock(this.path, async (confirm) => {
			const keys = change(await this.read());
			await confirm();
			await writeDataFile(this.path, `${JSON.stringify({ version: VERSION, keys }, undefined, '\t')}\n`, {
				mode: 0o600,
			});
			this.lastStamp = await this.stamp();
			return keys;
		});
	}

	private async read(): Promise<readonly ApiKeyRecord[]> {
		const text = await readDataFile(this.path);
		return text === undefined ? [] : parseDataFile(this.path, text, keyFileSchema).keys;
	}

	/** Contains the inode, because two atomic writes may have the same time but never the same inode. */
	private async stamp(): Promise<string> {
		try {
			const { ino, mtimeNs, size } = await stat(this.path, { bigint: true });
			return `${ino} ${mtimeNs} ${size}`;
		} catch (cause) {
			// A missing or unreadable file is a state as well; `read` reports it.
			return String(cause);
		}
	}
}
