import { join } from 'node:path';
import { AdminTokens } from '../access/admin-tokens.ts';
import type { Credentials } from '../access/authenticator.ts';
import { readDataFile, resolveDataDir } from '../config/data-folder.ts';
import { loadSettings } from '../config/settings.ts';
import { ERRORS, ServiceError } from '../protocol/errors.ts';
import type { DeviceObject, ServerMessage } from '../protocol/server-messages.ts';
import { ServiceClient } from '../server/service-client/service-client.ts';
import { systemClock } from '../time/clock.ts';

export interface ScanCommandOptions {
	/** Default: the first reader that the key may see. */
	readonly device?: string;
	/** Default: an admin token made from the secret of the data folder. */
	readonly key?: string;
	/** As in `server.host`; default: the setting. */
	readonly host?: string;
	/** Default: the setting `server.port`. */
	readonly port?: number;
	readonly dataDir?: string;
	/** Print the messages as they are. */
	readonly json?: boolean;
}

/** Scan one finger through the running service and print what happens. @throws ServiceError if no template comes of it */
export async function scan({ device, key, host, port, dataDir: flag, json }: ScanCommandOptions): Promise<void> {
	const dataDir = resolveDataDir({ flag, env: process.env });
	const server = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
	const { settings } = await loadSettings({ dataDir, env: process.env, flags: { server } });
	const client = await ServiceClient.connect(settings.server);
	const ours = new OwnScan();
	try {
		client.authenticate(await credentialsFor(key, dataDir));
		for await (const message of client.messages()) {
			// An admin hears the log as well, which is not what this command is about.
			if (message.type === 'log:entry') continue;
			if (key === undefined && isTokenRefused(message)) throw otherDataDir(dataDir);
			process.stdout.write(`${json ? JSON.stringify(message) : toLine(message)}\n`);
			if (message.type === 'auth:success') client.send({ type: 'devices:list' });
			if (message.type === 'devices')
				client.send({ type: 'scan:start', deviceId: ours.chooseReader(message.devices, device) });
			if (ours.isOver(message)) return;
		}
		throw new ServiceError('SERVICE_UNAVAILABLE', {
			message: 'The service closed the connection before the scan ended',
		});
	} finally {
		client.close();
	}
}

async function credentialsFor(key: string | undefined, dataDir: string): Promise<Credentials> {
	if (key !== undefined) return { apiKey: key };
	// One made here would open nothing: the running service has read or made its own.
	if ((await readDataFile(join(dataDir, 'secret'))) === undefined) throw otherDataDir(dataDir);
	const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
	return { token: await tokens.issue() };
}

function isTokenRefused(message: ServerMessage): boolean {
	return message.type === 'auth:error' && message.code === ERRORS.INVALID_API_KEY.code;
}

function otherDataDir(dataDir: string): ServiceError {
	const message = `The service runs with another data folder than ${dataDir}: name it with --data-dir, or give a key with --key`;
	return new ServiceError('INVALID_API_KEY', { message });
}

/** Tells the scan of this command from others, which an admin hears of too. */
class OwnScan {
	private deviceId: string | undefined;
	private scanId: string | undefined;

	/** @throws ServiceError DEVICE_NOT_FOUND if there is no reader to choose */
	chooseReader(devices: readonly DeviceObject[], wanted: string | undefined): string {
		this.deviceId = wanted ?? devices[0]?.id;
		if (this.deviceId !== undefined) return this.deviceId;
		const message = 'No reader is connected that this key may see: plug one in, or use a test key for the virtual ones';
		throw new ServiceError('DEVICE_NOT_FOUND', { message });
	}

	/** @throws ServiceError when the message says that the scan has failed */
	isOver(message: ServerMessage): boolean {
		if (message.type === 'scan:started' && message.deviceId === this.deviceId) this.scanId ??= message.scanId;
		if ('scanId' in message && message.scanId !== undefined && message.scanId !== this.scanId) return false;
		switch (message.type) {
			case 'scan:complete':
				return true;
			case 'auth:error':
			case 'scan:timeout':
				throw new ServiceError('INTERNAL_ERROR', { message: message.message });
			case 'scan:error':
			case 'error':
				throw new ServiceError('INTERNAL_ERROR', { message: message.error });
			default:
				return false;
		}
	}
}

/** `scan:complete  quality=85 minutiae=34 ...` */
function toLine({ type, ...fields }: ServerMessage): string {
	const shown = Object.entries(fields).filter(([name]) => name !== 'timestamp');
	const texts = shown.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
	return `${type.padEnd(20)}  ${texts.join('  ')}`.trimEnd();
}
