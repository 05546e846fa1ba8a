import { ServiceError } from '../../../../protocol/errors.ts';
import { BAUD_STEP, COMMANDS, OK, PACKET_SIZES, PARAMETERS, type SystemParameters } from './commands.ts';
import { type Ef01Connection, isTimeout } from './ef01-connection.ts';

/** Baud rates to probe, in order: the factory default, the rate for uploads, then other common rates. */
const BAUDS = [57_600, 115_200, 9_600, 38_400, 19_200] as const;
/** The factory default baud rate. */
export const DEFAULT_BAUD = 57_600;
/** The highest rate that every module supports: 12 times 9600. */
const HIGHEST_BAUD = 115_200;
/** How long to wait for an answer at one baud rate, ms. */
const PROBE_TIMEOUT_MS = 300;
/** Number of probes: two at each rate, because older modules need about 500 ms after power-up (from general knowledge). */
const MAX_PROBES = 10;
/** How often a baud rate change is attempted. */
const MAX_BAUD_CHANGE_ATTEMPTS = 2;

/**
 * Finds the baud rate at which the module answers, and leaves the line at that rate. On a line with a fixed rate, probes just
 * as often at that rate.
 *
 * @returns the rate; 57 600 for a line whose fixed rate is unknown
 * @throws ServiceError DEVICE_TIMEOUT when the module does not answer
 */
export async function findBaud(connection: Ef01Connection): Promise<number> {
	for (let probe = 0; probe < MAX_PROBES; probe++) {
		const baud = connection.line.canSetBaud ? (BAUDS[probe % BAUDS.length] ?? DEFAULT_BAUD) : DEFAULT_BAUD;
		if (await answersAt(connection, baud)) return baud;
	}
	throw new ServiceError('DEVICE_TIMEOUT', {
		message: 'No fingerprint module answers on this device: check its wiring and its baud rate',
	});
}

/**
 * Runs `upload` with the largest packet size and the highest baud rate, then restores both, also after a failure. A setting
 * that the module refuses to change keeps its value; the decoder accepts every packet size.
 *
 * @param usual the settings to restore
 * @throws ServiceError as `upload`; DEVICE_TIMEOUT when the module stops answering
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
 * Changes the baud rate. The module answers at the old rate before it changes, so the result is found by probing both rates.
 * The command is repeated when the module accepted it without changing, or did not receive it.
 */
async function changeBaud(connection: Ef01Connection, from: number, to: number): Promise<void> {
	for (let attempt = 1; attempt <= MAX_BAUD_CHANGE_ATTEMPTS; attempt++) {
		const command = COMMANDS.setSystemParameter(PARAMETERS.baud, to / BAUD_STEP);
		const answer = await connection.request(command, { attempts: 1 }).catch(ignoreTimeout);
		const baud = await findAmong(connection, [to, from, to]);
		const isRefused = answer !== undefined && answer[0] !== OK;
		if (baud === to || isRefused) return;
	}
}

/** Returns the first rate at which the module answers. @throws ServiceError DEVICE_TIMEOUT when it does not answer */
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
