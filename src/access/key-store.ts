import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { watchDataFile } from '../config/watch-data-file.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import { type Clock, timestamp } from '../time/clock.ts';
import { SerialQueue } from '../time/serial-queue.ts';
import { areHashesEqual, generateApiKey, hashApiKey, isApiKey } from './api-key.ts';
import { ApiKeyFile } from './api-key-file.ts';
import {
	type ApiKeyRecord,
	assertOverlap,
	assertRotatable,
	createRecord,
	createSuccessor,
	isExpired,
	type NewKey,
	principalFor,
	retire,
	withPredecessors,
} from './key-record.ts';
import type { Principal } from './principal.ts';

/** Resolution of `lastUsedAt`, ms: shortest time between two writes of the last use of one key. */
const USE_RESOLUTION_MS = 60_000;

/** How far the clock may be set back without a warning, ms: a time server does so now and then. */
const STEP_BACK_TOLERANCE_MS = 60_000;

export interface KeyStoreEvents {
	/** A key was revoked or deleted, by this or another process; its connections must close. Emitted once for each key. */
	revoked: [keyId: string];
	/** The result of `list` has changed; emitted after `revoked`. */
	changed: [];
	/** `keys.json` was damaged while the service was running; the keys read before stay valid. Emitted once for each damaged state. */
	damaged: [error: ServiceError];
}

export interface KeyStoreOptions {
	readonly dataDir: string;
	readonly clock: Clock;
	/** Receives the failures of background work. */
	readonly logger?: { warn(message: string, metadata?: Readonly<Record<string, unknown>>): void };
	/** Whether to apply changes by other processes immediately, as a running service must; default false. */
	readonly watch?: boolean;
}

/** A new key, which is not stored anywhere, and its stored record. */
export interface CreatedKey {
	readonly key: string;
	readonly record: ApiKeyRecord;
}

/** The API keys of this data folder. Each change and each authentication first reads changes that other processes made to the file. */
export class KeyStore extends EventEmitter<KeyStoreEvents> {
	private readonly file: ApiKeyFile;
	private readonly options: KeyStoreOptions;
	/** Monotonic time of the last stored use by key id, ms. */
	private readonly lastUses = new Map<string, number>();
	/** Wall time minus monotonic time at the last check, ms. */
	private clockOffsetMs: number;
	private records: readonly ApiKeyRecord[] = [];
	private readonly refreshes = new SerialQueue();
	private readonly uses = new SerialQueue();
	private stopWatching = () => {};

	private constructor(options: KeyStoreOptions) {
		super();
		this.options = options;
		this.file = new ApiKeyFile(options.dataDir);
		this.clockOffsetMs = this.measureClockOffsetMs();
	}

	/** Opens the keys. @throws ServiceError CONFIGURATION_ERROR naming `keys.json` and the field; the file is not changed then */
	static async open(options: KeyStoreOptions): Promise<KeyStore> {
		const store = new KeyStore(options);
		store.apply(await store.file.readIfChanged());
		if (options.watch) {
			store.stopWatching = watchDataFile(store.file.path, () => void store.refresh());
			// Applies changes made before watching began.
			await store.refresh();
		}
		return store;
	}

	/** Returns every key, including revoked ones, oldest first. */
	list(): readonly ApiKeyRecord[] {
		return this.records;
	}

	/** Creates a key. @throws ServiceError INVALID_MESSAGE naming the field; CONFIGURATION_ERROR, DB_QUERY_FAILED naming the file */
	async create(newKey: NewKey): Promise<CreatedKey> {
		const key = generateApiKey(newKey.environment);
		const record = createRecord(newKey, hashApiKey(key), this.options.clock.now());
		await this.update((records) => [...records, record]);
		return { key, record };
	}

	/**
	 * Revokes a key permanently, and the keys that it has replaced and whose overlap may not be over. Revoking it again keeps the first
	 * `revokedAt`.
	 *
	 * @throws ServiceError RECORD_NOT_FOUND; CONFIGURATION_ERROR, DB_QUERY_FAILED naming the file
	 */
	async revoke(id: string): Promise<ApiKeyRecord> {
		await this.refresh();
		findRecord(this.records, id);
		const revokedAt = timestamp(this.options.clock);
		await this.update((records) => {
			// Includes expired predecessors, because setting the clock back would make them valid again.
			const ids = withPredecessors(id, records);
			return records.map((it) => (ids.has(it.id) ? { revokedAt, ...it } : it));
		});
		return findRecord(this.records, id);
	}

	/**
	 * Creates a key with the same name, environment, permissions, origins and expiry, and in the same write revokes the old one, or
	 * limits it to an overlap during which both are valid. The same applies to the keys that the old one has replaced.
	 *
	 * @param overlapMs 0 to 30 days
	 * @throws ServiceError RECORD_NOT_FOUND; INVALID_MESSAGE naming `id`, if the key is revoked, expired or replaced already, or
	 *   `overlapMs`; CONFIGURATION_ERROR, DB_QUERY_FAILED naming the file
	 */
	async rotate(id: string, overlapMs = 0): Promise<CreatedKey> {
		assertOverlap(overlapMs);
		await this.refresh();
		const now = this.options.clock.now();
		const old = findRecord(this.records, id);
		const key = generateApiKey(old.environment);
		const record = createSuccessor(old, hashApiKey(key), now);
		await this.update((records) => {
			// Checks the records in the file, which another process may have changed in the meantime.
			assertRotatable(findRecord(records, id), now);
			const ids = withPredecessors(id, records);
			const retired = records.map((it) => (ids.has(it.id) ? retire(it, overlapMs, now) : it));
			if (overlapMs === 0) return [...retired, record];
			return [...retired.map((it) => (it.id === id ? { ...it, replacedBy: record.id } : it)), record];
		});
		return { key, record };
	}

	/**
	 * Returns the principal of a key, also of one that another process has just created, and stores its use in the background. Its
	 * `expiresAt` follows the key, because a rotation can shorten the validity of a key that is in use.
	 *
	 * @param origin of the connection; undefined for a native program
	 * @throws ServiceError INVALID_API_KEY if unknown or malformed; API_KEY_REVOKED; TOKEN_EXPIRED;
	 *   UNAUTHORIZED if the key is bound to other origins
	 */
	async authenticate(apiKey: unknown, origin: string | undefined): Promise<Principal> {
		if (!isApiKey(apiKey)) throw new ServiceError('INVALID_API_KEY');
		await this.refresh();
		this.warnIfClockWasSetBack();
		const record = this.find(apiKey);
		if (record === undefined) throw new ServiceError('INVALID_API_KEY');
		const principal = principalFor(record, origin, this.options.clock.now());
		this.noteUse(record);
		const currentExpiry = () => this.records.find(({ id }) => id === record.id)?.expiresAt;
		return {
			...principal,
			get expiresAt() {
				const expiresAt = currentExpiry();
				return expiresAt === undefined ? undefined : Date.parse(expiresAt);
			},
		};
	}

	/** Returns the record of a key, whether it is valid or not; undefined if it is unknown. Reads no file. */
	find(apiKey: unknown): ApiKeyRecord | undefined {
		if (!isApiKey(apiKey)) return undefined;
		const hash = hashApiKey(apiKey);
		// `filter`, not `find`, so that the time taken does not reveal the position of the key.
		return this.records.filter((it) => areHashesEqual(it.hash, hash))[0];
	}

	/** Stops watching and waits for pending writes. Idempotent. */
	async close(): Promise<void> {
		this.stopWatching();
		await Promise.all([this.refreshes.idle(), this.uses.idle()]);
	}

	/** Applies the changes of other processes, one read at a time, so that a later caller does not get an earlier state. */
	private refresh(): Promise<void> {
		return this.refreshes.run(async () => {
			try {
				this.apply(await this.file.readIfChanged());
			} catch (thrown) {
				this.emit('damaged', toServiceError(thrown));
			}
		});
	}

	private async update(change: (records: readonly ApiKeyRecord[]) => readonly ApiKeyRecord[]): Promise<void> {
		this.apply(await this.file.update(change));
	}

	private apply(records: readonly ApiKeyRecord[] | undefined): void {
		if (records === undefined) return;
		const valid = new Set(records.filter(isUnrevoked).map(({ id }) => id));
		const revoked = this.records.filter((record) => isUnrevoked(record) && !valid.has(record.id));
		const isChanged = !isDeepStrictEqual(records, this.records);
		this.records = records;
		for (const { id } of revoked) this.emit('revoked', id);
		if (isChanged) this.emit('changed');
	}

	/** Logs which expired keys are valid again because the clock was set back; once for each time it is set back. */
	private warnIfClockWasSetBack(): void {
		const { clock, logger } = this.options;
		const stepBackMs = this.clockOffsetMs - this.measureClockOffsetMs();
		this.clockOffsetMs -= stepBackMs;
		if (stepBackMs < STEP_BACK_TOLERANCE_MS) return;
		const now = clock.now();
		const revived = this.records.filter(
			(it) => isUnrevoked(it) && !isExpired(it, now) && isExpired(it, now + stepBackMs),
		);
		if (revived.length === 0) return;
		logger?.warn(
			'The clock of this computer was set back, so expired keys are valid again: revoke them or correct the clock',
			{
				keyIds: revived.map(({ id }) => id),
			},
		);
	}

	/** Returns by how much the wall clock is ahead of the monotonic clock, ms; it changes only when the wall clock is set. */
	private measureClockOffsetMs(): number {
		const monotonicMs = this.options.clock.monotonic();
		return this.options.clock.now() - monotonicMs;
	}

	private noteUse({ id, lastUsedAt = '' }: ApiKeyRecord): void {
		const { clock } = this.options;
		const now = clock.now();
		const lastUseMonotonic = this.lastUses.get(id);
		// The first use in this process is compared with a timestamp, which is in the future if the clock was set back since.
		const sinceUseMs =
			lastUseMonotonic === undefined ? Math.abs(now - Date.parse(lastUsedAt)) : clock.monotonic() - lastUseMonotonic;
		if (sinceUseMs < USE_RESOLUTION_MS) return;
		this.lastUses.set(id, clock.monotonic());
		void this.uses.run(() => this.saveUse(id, new Date(now).toISOString()));
	}

	private async saveUse(id: string, lastUsedAt: string): Promise<void> {
		try {
			await this.update((records) => records.map((it) => (it.id === id ? { ...it, lastUsedAt } : it)));
		} catch (error) {
			this.options.logger?.warn('The last use of a key could not be stored', { keyId: id, error });
		}
	}
}

/** Returns the record with an id. @throws ServiceError RECORD_NOT_FOUND */
function findRecord(records: readonly ApiKeyRecord[], id: string): ApiKeyRecord {
	const record = records.find((it) => it.id === id);
	if (record !== undefined) return record;
	throw new ServiceError('RECORD_NOT_FOUND', {
		message: `No key has the id ${id}: \`fingerprint-service keys list\` shows the ids`,
		details: { id },
	});
}

function isUnrevoked(record: ApiKeyRecord): boolean {
	return record.revokedAt === undefined;
}
