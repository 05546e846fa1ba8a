import { ServiceError } from '../../../../protocol/errors.ts';
import { BAUD_STEP, COMMANDS, OK, PACKET_SIZES, PARAMETERS, type SystemParameters } from './commands.ts';
import { type Ef01Connection, isTimeout } from './ef01-connection.ts';

/** Speeds to look for a module at: the one it is sold with, the one we raise it to, then others that are in use. */
const BAUDS = [57_600, 115_200, 9_600, 38_400, 19_200] as const;
/** The speed modules are sold with. */
export const DEFAULT_BAUD = 57_600;
/** The highest that every module has: 12 times 9600. */
const HIGHEST_BAUD = 115_200;
/** How long a module may take to answer at one speed, ms. */
const PROBE_TIMEOUT_MS = 300;
/** Older modules need about 500 ms after power-up (from general knowledge): each speed is tried again after the others. */
const MAX_PROBES = 10;
/** How often the module is told to change its speed. */
const MAX_BAUD_CHANGE_ATTEMPTS = 2;

/**
 * Find the speed at which the module answers and leave the line at it. Where the line has one speed alone, knock as
 * often as that would take.
 *
 * @returns that speed; 57 600 stands for an unknown one
 * @throws ServiceError DEVICE_TIMEOUT when it answers at none
 */
export async function findBaud(connection: Ef01Connection): Promise<number> {
	for (let probe = 0; probe < MAX_PROBES; probe++) {
		const baud = connection.line.canSetBaud ? (BAUDS[probe % BAUDS.length] ?? DEFAULT_BAUD) : DEFAULT_BAUD;
		if (await answersAt(connection, baud)) return baud;
	}
	throw new ServiceError('DEVICE_TIMEOUT', {
		message: 'No fingerprint module answers behind this device: check its wiring and its speed',
	});
}

/**
 * Run `upload` with the largest packets and the highest speed, then set both back, also after a failure. What the module
 * refuses to change stays as it is: packets of every size are understood.
 *
 * @param usual what to set back to
 * @throws ServiceError what `upload` throws; DEVICE_TIMEOUT when the module is lost on the way
 */
export async function withFastestSettings<T>(
	connection: Ef01Connection,
	usual: SystemParameters,
	upload: () => Promise<T>,
): Promise<T> {
	const largest = PACKET_SIZES.length - 1;
	const usualSize = PACKET_SIZES.indexOf(usual.packetSizeBytes);
	const canBeFaster = connection.line.canSetBaud && usual.baud < HIGHEST_BAUD;
	const setPacketSize = (size: number) => connection.request(COMMANDS.setSystemParameter(PARAMETERS.packetSize, size));
	try {
		if (usualSize < largest) await setPacketSize(largest);
		return await (canBeFaster ? withHighestBaud(connection, usual.baud, upload) : upload());
	} finally {
		if (usualSize < largest) await setPacketSize(usualSize);
	}
}

async function withHighestBaud<T>(connection: Ef01Connection, usual: number, upload: () => Promise<T>): Promise<T> {
	try {
		await changeBaud(connection, usual, HIGHEST_BAUD);
		return await upload();
	} finally {
		await changeBaud(connection, HIGHEST_BAUD, usual);
	}
}

/**
 * The module answers at the old speed, then changes; whether it has is found out by asking, at both speeds. One that has
 * agreed but not changed, or has not heard it, is told again.
 */
async function changeBaud(connection: Ef01Connection, from: number, to: number): Promise<void> {
	for (let order = 1; order <= MAX_BAUD_CHANGE_ATTEMPTS; order++) {
		const command = COMMANDS.setSystemParameter(PARAMETERS.baud, to / BAUD_STEP);
		const answer = await connection.request(command, { attempts: 1 }).catch(ignoreTimeout);
		const baud = await findAmong(connection, [to, from, to]);
		const isRefused = answer !== undefined && answer[0] !== OK;
		if (baud === to || isRefused) return;
	}
}

/** @returns the first speed that the module answers at. @throws ServiceError DEVICE_TIMEOUT when it answers at none */
async function findAmong(connection: Ef01Connection, bauds: readonly number[]): Promise<number> {
	for (const baud of bauds) if (await answersAt(connection, baud)) return baud;
	throw new ServiceError('DEVICE_TIMEOUT');
}

async function answersAt(connection: Ef01Connection, baud: number): Promise<boolean> {
	await connection.line.setBaud(baud);
	const options = { timeoutMs: PROBE_TIMEOUT_MS, attempts: 1 };
	const answer = await connection.request(COMMANDS.verifyPassword, options).catch(ignoreTimeout);
	return answer !== undefined;
}

function ignoreTimeout(error: unknown): undefined {
	if (!isTimeout(error)) throw error;
}
