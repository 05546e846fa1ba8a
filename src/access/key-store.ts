import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { watchDataFile } from '../config/watch-data-file.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import { type Clock, timestamp } from '../time/clock.ts';
import { areHashesEqual, generateApiKey, hashApiKey, isApiKey } from './api-key.ts';
import { KeyFile } from './key-file.ts';
import {
	type ApiKeyRecord,
	admit,
	checkReplaceable,
	createRecord,
	createSuccessor,
	type NewKey,
} from './key-record.ts';
import type { Principal } from './principal.ts';

/** How exact `lastUsedAt` is; the file is not written more often for one key. */
const USE_RESOLUTION_MS = 60_000;

export interface KeyStoreEvents {
	/** A key was revoked or deleted, here or by another process; its connections must close. Once for each key. */
	revoked: [keyId: string];
	/** The list is another than before, whoever changed it; after `revoked`. */
	changed: [];
	/** `keys.json` was damaged while the service runs; the last good keys stay valid. Once for each damaged state. */
	damaged: [error: ServiceError];
}

export interface KeyStoreOptions {
	readonly dataDir: string;
	readonly clock: Clock;
	/** Any `Logger`; hears what no caller waits for. */
	readonly logger?: { warn(message: string, metadata?: Readonly<Record<string, unknown>>): void };
	/** Notice at once what other processes change, as a running service must; default false. */
	readonly watch?: boolean;
}

/** The key itself, which exists nowhere else, and what is stored of it. */
export interface NewlyMadeKey {
	readonly key: string;
	readonly record: ApiKeyRecord;
}

/** The API keys of this machine. The file is the truth: each change and each authentication begins with a look at it. */
export class KeyStore extends EventEmitter<KeyStoreEvents> {
	private readonly file: KeyFile;
	private readonly options: KeyStoreOptions;
	private readonly lastUses = new Map<string, number>();
	private records: readonly ApiKeyRecord[] = [];
	private refreshes: Promise<void> = Promise.resolve();
	private uses: Promise<void> = Promise.resolve();
	private stopWatching = () => {};

	private constructor(options: KeyStoreOptions) {
		super();
		this.options = options;
		this.file = new KeyFile(options.dataDir);
	}

	/** @throws ServiceError CONFIGURATION_ERROR naming `keys.json` and the field if it is damaged; it stays as it is */
	static async open(options: KeyStoreOptions): Promise<KeyStore> {
		const store = new KeyStore(options);
		store.apply(await store.file.readIfChanged());
		if (options.watch) {
			store.stopWatching = watchDataFile(store.file.path, () => void store.refresh());
			// What changed before the watch began.
			await store.refresh();
		}
		return store;
	}

	/** Every key that ever was, the revoked ones too, oldest first. */
	list(): readonly ApiKeyRecord[] {
		return this.records;
	}

	/** @throws ServiceError INVALID_MESSAGE naming the field; CONFIGURATION_ERROR, DB_QUERY_FAILED naming the file */
	async create(newKey: NewKey): Promise<NewlyMadeKey> {
		const key = generateApiKey(newKey.environment);
		const record = createRecord(newKey, hashApiKey(key), this.options.clock.now());
		await this.update((records) => [...records, record]);
		return { key, record };
	}

	/**
	 * Make a key useless for good. Revoking twice is fine and keeps the first moment.
	 *
	 * @throws ServiceError RECORD_NOT_FOUND; CONFIGURATION_ERROR, DB_QUERY_FAILED naming the file
	 */
	async revoke(id: string): Promise<ApiKeyRecord> {
		await this.refresh();
		findRecord(this.records, id);
		const revokedAt = timestamp(this.options.clock);
		await this.update((records) => records.map((it) => (it.id === id ? { revokedAt, ...it } : it)));
		return findRecord(this.records, id);
	}

	/**
	 * Replace a key by a new one with the same name, environment, permissions, origins and expiry, and revoke it in the same write.
	 *
	 * @throws ServiceError RECORD_NOT_FOUND; INVALID_MESSAGE naming `id`, if the key is revoked or expired;
	 *   CONFIGURATION_ERROR, DB_QUERY_FAILED naming the file
	 */
	async rotate(id: string): Promise<NewlyMadeKey> {
		await this.refresh();
		const now = this.options.clock.now();
		const old = findRecord(this.records, id);
		const key = generateApiKey(old.environment);
		const record = createSuccessor(old, hashApiKey(key), now);
		await this.update((records) => {
			// Of the records in the file: another process may have changed them meanwhile.
			checkReplaceable(findRecord(records, id), now);
			return [...records.map((it) => (it.id === id ? { ...it, revokedAt: record.createdAt } : it)), record];
		});
		return { key, record };
	}

	/**
	 * Who holds this key. Takes a key that another process made a moment ago, and notes the use without waiting for it.
	 *
	 * @param origin of the connection; undefined for a native program
	 * @throws ServiceError INVALID_API_KEY if unknown or malformed; API_KEY_REVOKED; TOKEN_EXPIRED;
	 *   UNAUTHORIZED if the key is bound to other origins
	 */
	async authenticate(apiKey: unknown, origin: string | undefined): Promise<Principal> {
		if (!isApiKey(apiKey)) throw new ServiceError('INVALID_API_KEY');
		await this.refresh();
		const hash = hashApiKey(apiKey);
		// `filter`, not `find`: the time taken does not tell where in the list a key stands.
		const [record] = this.records.filter((it) => areHashesEqual(it.hash, hash));
		if (record === undefined) throw new ServiceError('INVALID_API_KEY');
		const principal = admit(record, origin, this.options.clock.now());
		this.noteUse(record);
		return principal;
	}

	/** Stop watching and finish what is being written. Idempotent. */
	async close(): Promise<void> {
		this.stopWatching();
		await Promise.all([this.refreshes, this.uses]);
	}

	/** Take over what other processes changed. One look after the other: a later caller must not get an earlier state. */
	private refresh(): Promise<void> {
		this.refreshes = this.refreshes.then(async () => {
			try {
				this.apply(await this.file.readIfChanged());
			} catch (thrown) {
				this.emit('damaged', toServiceError(thrown));
			}
		});
		return this.refreshes;
	}

	private async update(change: (records: readonly ApiKeyRecord[]) => readonly ApiKeyRecord[]): Promise<void> {
		this.apply(await this.file.update(change));
	}

	private apply(records: readonly ApiKeyRecord[] | undefined): void {
		if (records === undefined) return;
		const valid = new Set(records.filter(isUnrevoked).map(({ id }) => id));
		const gone = this.records.filter((record) => isUnrevoked(record) && !valid.has(record.id));
		const isChanged = !isDeepStrictEqual(records, this.records);
		this.records = records;
		for (const { id } of gone) this.emit('revoked', id);
		if (isChanged) this.emit('changed');
	}

	private noteUse({ id, lastUsedAt = '' }: ApiKeyRecord): void {
		const now = this.options.clock.now();
		if (now - (this.lastUses.get(id) ?? Date.parse(lastUsedAt)) < USE_RESOLUTION_MS) return;
		this.lastUses.set(id, now);
		this.uses = this.uses.then(() => this.saveUse(id, new Date(now).toISOString()));
	}

	private async saveUse(id: string, lastUsedAt: string): Promise<void> {
		try {
			await this.update((records) => records.map((it) => (it.id === id ? { ...it, lastUsedAt } : it)));
		} catch (error) {
			this.options.logger?.warn('The last use of a key could not be saved', { keyId: id, error });
		}
	}
}

/** @throws ServiceError RECORD_NOT_FOUND */
function findRecord(records: readonly ApiKeyRecord[], id: string): ApiKeyRecord {
	const record = records.find((it) => it.id === id);
	if (record !== undefined) return record;
	throw new ServiceError('RECORD_NOT_FOUND', {
		message: `No key has the id ${id}: see \`fingerprint-service keys list\``,
		details: { id },
	});
}

function isUnrevoked(record: ApiKeyRecord): boolean {
	return record.revokedAt === undefined;
}
