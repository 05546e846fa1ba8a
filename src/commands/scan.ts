import { AdminTokens } from '../access/admin-tokens.ts';
import type { Credentials } from '../access/authenticator.ts';
import { readSecret } from '../config/secret-file.ts';
import { ERRORS, ServiceError } from '../protocol/errors.ts';
import type { DeviceObject, ServerMessage } from '../protocol/server-messages.ts';
import { ServiceClient } from '../server/service-client/service-client.ts';
import { systemClock } from '../time/clock.ts';
import { findService, notRunningText, type ServiceFlags } from './find-service.ts';

export interface ScanCommandOptions extends ServiceFlags {
	/** Id of the reader; default: the first one that the key can use. */
	readonly device?: string;
	/** API key; default: an admin token issued with the secret of the data folder. */
	readonly key?: string;
	/** Prints the messages as JSON. */
	readonly json?: boolean;
}

/** Scans one finger through the running service and prints every message. @throws ServiceError if the scan yields no template */
export async function scan({ device, key, json, ...flags }: ScanCommandOptions): Promise<void> {
	const { dataDir, holder, address } = await findService(flags);
	if (holder !== undefined && holder.state !== 'running' && flags.port === undefined)
		throw new ServiceError('SERVICE_UNAVAILABLE', { message: notRunningText(holder, dataDir) });
	const client = await ServiceClient.connect(address);
	const ownScan = new OwnScan();
	try {
		client.authenticate(await credentialsFor(key, dataDir));
		for await (const message of client.messages()) {
			// Admins also receive the log, which this command does not show.
			if (message.type === 'log:entry') continue;
			if (key === undefined && isTokenRefused(message)) throw wrongDataDir(dataDir);
			process.stdout.write(`${json ? JSON.stringify(message) : toLine(message)}\n`);
			if (message.type === 'auth:success') client.send({ type: 'devices:list' });
			if (message.type === 'devices')
				client.send({ type: 'scan:start', deviceId: ownScan.chooseReader(message.devices, device) });
			if (ownScan.isOver(message)) return;
		}
		throw new ServiceError('SERVICE_UNAVAILABLE', {
			message:
				'The service closed the connection before the scan ended: check that the service is running, then scan again',
		});
	} finally {
		client.close();
	}
}

async function credentialsFor(key: string | undefined, dataDir: string): Promise<Credentials> {
	if (key !== undefined) return { apiKey: key };
	// A secret created here would be useless, because the running service uses its own.
	if ((await readSecret(dataDir)) === undefined) throw wrongDataDir(dataDir);
	const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
	return { token: await tokens.issue() };
}

function isTokenRefused(message: ServerMessage): boolean {
	return message.type === 'auth:error' && message.code === ERRORS.INVALID_API_KEY.code;
}

function wrongDataDir(dataDir: string): ServiceError {
	const message = `The service does not use the data folder ${dataDir}: name its folder with --data-dir, or an API key with --key`;
	return new ServiceError('INVALID_API_KEY', { message });
}

/** Tells the scan of this command apart from others, whose messages an admin also receives. */
class OwnScan {
	private deviceId: string | undefined;
	private scanId: string | undefined;

	/** Returns the id of the reader to scan with. @throws ServiceError DEVICE_NOT_FOUND if there is none */
	chooseReader(devices: readonly DeviceObject[], wanted: string | undefined): string {
		this.deviceId = wanted ?? devices[0]?.id;
		if (this.deviceId !== undefined) return this.deviceId;
		const message =
			'No reader is connected that this key can use: connect a reader, or use a test key for the virtual readers';
		throw new ServiceError('DEVICE_NOT_FOUND', { message });
	}

	/** Whether `message` ends the scan successfully. @throws ServiceError when the scan has failed */
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

/** Formats a message as `scan:complete  quality=85 minutiae=34 ...`. */
function toLine({ type, ...fields }: ServerMessage): string {
	const shown = Object.entries(fields).filter(([name]) => name !== 'timestamp');
	const texts = shown.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
	return `${type.padEnd(20)}  ${texts.join('  ')}`.trimEnd();
}
