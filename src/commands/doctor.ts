import { AdminTokens } from '../access/admin-tokens.ts';
import { KeyStore } from '../access/key-store.ts';
import { checkDataDir, dataDirWarning, resolveDataDir } from '../config/data-folder.ts';
import { askHolder } from '../config/lock/ask-holder.ts';
import { ownCommand } from '../config/own-command.ts';
import { readSecret } from '../config/secret-file.ts';
import { loadSettings, type Settings } from '../config/settings.ts';
import { DeviceIds } from '../devices/device-ids.ts';
import {
	createDrivers,
	DRIVER_NAMES,
	type DriverName,
	type Drivers,
	describeDriver,
} from '../devices/drivers/create-drivers.ts';
import { silentLogger } from '../log/silent-logger.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import { closeListeners, openListeners } from '../server/http/loopback-listeners.ts';
import { isServiceRunning } from '../server/service-client/service-health.ts';
import { systemClock } from '../time/clock.ts';
import { describeReaders } from './describe-readers.ts';
import { notRunningText } from './find-service.ts';
import { nameOf } from './status.ts';

/** One check: `run` resolves with the finding, or rejects with a `ServiceError` that says what to do. */
interface Check {
	readonly subject: string;
	run(): Promise<string>;
}

/**
 * Checks everything the service needs and prints one line per check.
 *
 * @throws ServiceError CONFIGURATION_ERROR if a check has failed
 */
export async function doctor({ port, dataDir: flag }: { port?: number; dataDir?: string }): Promise<void> {
	let failures = 0;
	for await (const line of examine(resolveDataDir({ flag, env: process.env }), port)) {
		if (line.startsWith('FAIL')) failures++;
		process.stdout.write(`${line}\n`);
	}
	if (failures > 0) {
		throw new ServiceError('CONFIGURATION_ERROR', {
			message: `${failures} of the checks above failed: fix what they report`,
		});
	}
}

/**
 * Checks everything the service needs; the support file contains the result as well.
 *
 * @param port from the command line, which overrides the settings
 * @returns one line per check, which begins with `ok` or `FAIL`
 */
export async function* examine(dataDir: string, port?: number): AsyncGenerator<string> {
	for (const { subject, run } of checksOf(dataDir, port)) {
		yield await run().then(
			(finding) => `ok    ${subject}: ${finding}`,
			(thrown: unknown) => `FAIL  ${subject}: ${toServiceError(thrown).message}`,
		);
	}
}

function checksOf(dataDir: string, port: number | undefined): readonly Check[] {
	const settings = async () => (await loadSettings({ dataDir, env: process.env })).settings;
	const drivers = async () => createDrivers(await settings(), { clock: systemClock, createLogger: () => silentLogger });
	return [
		{ subject: 'data folder', run: () => describeDataDir(dataDir) },
		{ subject: 'settings', run: async () => describeSettings(await settings()) },
		{ subject: 'keys', run: () => checkKeys(dataDir) },
		{ subject: 'admin secret', run: () => checkSecret(dataDir) },
		{ subject: 'remembered readers', run: () => checkDeviceIds(dataDir) },
		{ subject: 'service', run: () => checkService(dataDir) },
		{ subject: 'port', run: async () => checkPort(addressIn(await settings(), port), dataDir) },
		...DRIVER_NAMES.map((name) => ({
			subject: `${name} driver`,
			run: async () => checkDriver(name, await drivers()),
		})),
		{ subject: 'readers', run: async () => checkReaders(await drivers(), addressIn(await settings(), port), dataDir) },
	];
}

async function describeDataDir(dataDir: string): Promise<string> {
	// Not created here: it would belong to the user who runs doctor, who may not be the one who runs the service.
	const exists = await checkDataDir(dataDir);
	const warning = await dataDirWarning(dataDir);
	if (warning !== undefined) return warning;
	return `${dataDir} ${exists ? 'is writable' : 'does not exist yet; the first start creates it'}`;
}

function describeSettings({ server, virtual, log }: Settings): string {
	return `host ${server.host}, port ${server.port}, virtual readers ${virtual.enabled ? 'on' : 'off'}, log level ${log.level}`;
}

/** Returns the address of the service. @param port from the command line, which overrides the settings */
function addressIn({ server }: Settings, port: number | undefined): Settings['server'] {
	return { ...server, ...(port !== undefined && { port }) };
}

async function checkKeys(dataDir: string): Promise<string> {
	const keys = await KeyStore.open({ dataDir, clock: systemClock });
	const valid = keys.list().filter(({ revokedAt }) => revokedAt === undefined).length;
	await keys.close();
	return `${valid} not revoked`;
}

async function checkSecret(dataDir: string): Promise<string> {
	// Not created here: it could belong to the wrong user, like the data folder.
	if ((await readSecret(dataDir)) === undefined) return 'created on first use';
	await AdminTokens.open({ dataDir, clock: systemClock });
	return 'readable';
}

async function checkDeviceIds(dataDir: string): Promise<string> {
	await DeviceIds.open({ dataDir, logger: silentLogger });
	return 'readable';
}

async function checkService(dataDir: string): Promise<string> {
	const holder = await askHolder(dataDir, 'status');
	if (holder === undefined) return `no program runs on the data folder; ${ownCommand('serve', dataDir)} starts one`;
	if (holder.state === 'running') return `running on ${holder.addresses.join(', ')}; ${nameOf(holder)}`;
	const message = `${notRunningText(holder, dataDir)}; ${nameOf(holder)}`;
	if (holder.state === 'failed') throw new ServiceError('CONFIGURATION_ERROR', { message });
	return message;
}

async function checkPort(server: Settings['server'], dataDir: string): Promise<string> {
	const { port } = server;
	// A program that does not answer is reported by another check.
	const holder = await askHolder(dataDir, 'status').catch(() => undefined);
	if (holder?.port === port) return `${port} is in use by the fingerprint service of this data folder`;
	if (await isServiceRunning(server)) return `${port} is in use by a running fingerprint service`;
	const { servers, missing } = await openListeners(server);
	await closeListeners(servers);
	return `${port} is free${missing === undefined ? '' : `, but this machine lacks ${missing}`}`;
}

async function checkDriver(name: DriverName, drivers: Drivers): Promise<string> {
	const { state, reason, facts = [] } = await describeDriver(name, drivers);
	if (state === 'unavailable') throw new ServiceError('DEVICE_INIT_FAILED', { message: [...facts, reason].join('; ') });
	if (state === 'not-installed') return [...facts, `nothing on this PC needs it. ${reason}`].join('; ');
	return state === 'disabled' ? 'off' : ['works', ...facts].join('; ');
}

async function checkReaders({ enabled }: Drivers, server: Settings['server'], dataDir: string): Promise<string> {
	const holder = await askHolder(dataDir, 'status').catch(() => undefined);
	return describeReaders(enabled, {
		isServiceRunning: holder === undefined ? await isServiceRunning(server) : holder.state === 'running',
	});
}
