import { join } from 'node:path';
import { systemClock } from '../../../src/time/clock.ts';
import { killAt } from './kill-at-write.ts';

/*
 * Makes one kind of change to a data folder, and prints its result once it is confirmed: `node change-data-folder.ts KIND FOLDER N`.
 * The process is killed at the N-th change to a file. Modules are loaded on demand, because each kill takes a new process.
 */

/** A line that the log contains before the change. */
export const OLD_LOG_LINE = 'Logged before the kill';
export const NEW_LOG_LINE = 'Logged while the process is killed';

type Change = (dataDir: string) => Promise<string>;

/** Each loads what it needs and returns the change, which returns what its caller gets as the confirmation. */
export const CHANGES = {
	settings: async (): Promise<Change> => {
		const { writeSettings } = await import('../../../src/config/settings-editor.ts');
		return async (dataDir) => {
			await writeSettings({ dataDir, env: {}, values: { 'server.port': 9_000 } });
			return '9000';
		};
	},
	'a new key': async (): Promise<Change> => {
		const { KeyStore } = await import('../../../src/access/key-store.ts');
		return async (dataDir) => {
			const keys = await KeyStore.open({ dataDir, clock: systemClock });
			return (await keys.create({ name: 'new', environment: 'test' })).record.id;
		};
	},
	'a revocation': async (): Promise<Change> => {
		const { KeyStore } = await import('../../../src/access/key-store.ts');
		return async (dataDir) => {
			const keys = await KeyStore.open({ dataDir, clock: systemClock });
			const [first] = keys.list();
			return (await keys.revoke(first?.id ?? '')).id;
		};
	},
	'a reader id': async (): Promise<Change> => {
		const { DeviceIds } = await import('../../../src/devices/device-ids.ts');
		const { silentLogger } = await import('../../../src/log/silent-logger.ts');
		return async (dataDir) => {
			const ids = await DeviceIds.open({ dataDir, logger: silentLogger });
			const id = ids.idOf({ driver: 'fault', serialNumber: 'NEW' });
			await ids.flush();
			return id;
		};
	},
	'the secret': async (): Promise<Change> => {
		const { AdminTokens } = await import('../../../src/access/admin-tokens.ts');
		return async (dataDir) => {
			await AdminTokens.open({ dataDir, clock: systemClock });
			return 'opened';
		};
	},
	'the log': async (): Promise<Change> => {
		const { createLogging } = await import('../../../src/log/logging.ts');
		return async (dataDir) => {
			const logging = createLogging({ level: 'info', dir: join(dataDir, 'logs') });
			logging.createLogger('Fault').info(NEW_LOG_LINE);
			await logging.close();
			return 'logged';
		};
	},
	'all files of a service that starts': async (): Promise<Change> => {
		const { createLogging } = await import('../../../src/log/logging.ts');
		const { FingerprintService } = await import('../../../src/service/fingerprint-service.ts');
		return async (dataDir) => {
			const logging = createLogging({ level: 'info', dir: join(dataDir, 'logs') });
			const flags = { server: { port: 0 }, hid: { enabled: false }, zkfinger: { enabled: false } };
			const service = new FingerprintService({ dataDir, env: {}, flags, logging, isDesktop: true });
			await service.start();
			await service.close();
			await logging.close();
			return 'started';
		};
	},
};

export type ChangeKind = keyof typeof CHANGES;

if (process.argv[1] === import.meta.filename) {
	const [kind = '', dataDir = '', change] = process.argv.slice(2);
	const makeChange = await CHANGES[kind as ChangeKind]();
	killAt(Number(change));
	process.stdout.write(`${await makeChange(dataDir)}\n`);
	process.exit();
}
