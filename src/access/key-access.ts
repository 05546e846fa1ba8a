import { EventEmitter } from 'node:events';
import { prepareDataDir } from '../config/data-folder.ts';
import type { Logger } from '../log/logger.ts';
import type { Clock } from '../time/clock.ts';
import { AdminTokens } from './admin-tokens.ts';
import type { ApiKeyRecord } from './key-record.ts';
import { KeyStore, type KeyStoreEvents } from './key-store.ts';

export interface KeyAccessOptions {
	readonly dataDir: string;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** The API keys and the admin tokens of a data folder. */
export interface OpenedAccess {
	readonly keys: KeyStore;
	readonly tokens: AdminTokens;
}

/** Opens API keys and admin tokens on first use and keeps them open until the program ends, whether the service runs or not. */
export class KeyAccess extends EventEmitter<Pick<KeyStoreEvents, 'revoked' | 'changed'>> {
	private readonly options: KeyAccessOptions;
	private opened: Promise<OpenedAccess> | undefined;
	private keys: KeyStore | undefined;

	constructor(options: KeyAccessOptions) {
		super();
		this.options = options;
	}

	/**
	 * Opens the files unless they are open. After a failure the next call tries again, because the operator may have repaired
	 * the file.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR naming the file
	 */
	open(): Promise<OpenedAccess> {
		this.opened ??= this.openFiles();
		this.opened.catch(() => {
			this.opened = undefined;
		});
		return this.opened;
	}

	/** Returns every key as `KeyStore.list` does; undefined until the keys have been opened. */
	list(): readonly ApiKeyRecord[] | undefined {
		return this.keys?.list();
	}

	/** Closes the keys. Idempotent. */
	async close(): Promise<void> {
		const opened = await this.opened;
		this.opened = undefined;
		await opened?.keys.close();
	}

	private async openFiles(): Promise<OpenedAccess> {
		const { dataDir, clock, logger } = this.options;
		await prepareDataDir(dataDir);
		const tokens = await AdminTokens.open({ dataDir, clock });
		const keys = await KeyStore.open({ dataDir, clock, logger, watch: true });
		keys.on('revoked', (keyId) => this.emit('revoked', keyId));
		keys.on('changed', () => this.emit('changed'));
		keys.on('damaged', (error) =>
			logger.error('The key file is damaged; the keys read before stay valid. Repair the file', { error }),
		);
		this.keys = keys;
		this.emit('changed');
		return { keys, tokens };
	}
}
