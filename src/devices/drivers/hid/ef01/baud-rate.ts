import { ServiceError } from '../../../../protocol/errors.ts';
import { BAUD_STEP, COMMANDS, OK, PACKET_SIZES, PARAMETERS, type SystemParameters } from './commands.ts';
import { type Ef01Link, isTimeout } from './ef01-connection.ts';

/** Speeds to look for a module at: the one it is sold with, the one we raise it to, then others that are in use. */
const BAUDS = [57_600, 115_200, 9_600, 38_400, 19_200] as const;
/** The speed modules are sold with. */
export const USUAL_BAUD = 57_600;
/** The highest that every module has: 12 times 9600. */
const HIGHEST_BAUD = 115_200;
/** How long a module may take to answer at one speed, ms. */
const PROBE_TIMEOUT_MS = 300;
/** Older modules need about 500 ms after power-up (from general knowledge): each speed is tried again after the others. */
const PROBES = 10;
/** How often the module is told to change its speed. */
const ORDERS = 2;

/**
 * Find the speed at which the module answers and leave the line at it. Where the line has one speed alone, knock as
 * often as that would take.
 *
 * @returns that speed; 57 600 stands for an unknown one
 * @throws ServiceError DEVICE_TIMEOUT when it answers at none
 */
export async function findBaud(link: Ef01Link): Promise<number> {
	for (let probe = 0; probe < PROBES; probe++) {
		const baud = link.line.canSetBaud ? (BAUDS[probe % BAUDS.length] ?? USUAL_BAUD) : USUAL_BAUD;
		if (await answersAt(link, baud)) return baud;
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
export async function atFullSpeed<T>(link: Ef01Link, usual: SystemParameters, upload: () => Promise<T>): Promise<T> {
	const largest = PACKET_SIZES.length - 1;
	const usualSize = PACKET_SIZES.indexOf(usual.packetSizeBytes);
	const canBeFaster = link.line.canSetBaud && usual.baud < HIGHEST_BAUD;
	const setPacketSize = (size: number) => link.ask(COMMANDS.setSystemParameter(PARAMETERS.packetSize, size));
	try {
		if (usualSize < largest) await setPacketSize(largest);
		return await (canBeFaster ? atHighestBaud(link, usual.baud, upload) : upload());
	} finally {
		if (usualSize < largest) await setPacketSize(usualSize);
	}
}

async function atHighestBaud<T>(link: Ef01Link, usual: number, upload: () => Promise<T>): Promise<T> {
	try {
		await changeBaud(link, usual, HIGHEST_BAUD);
		return await upload();
	} finally {
		await changeBaud(link, HIGHEST_BAUD, usual);
	}
}

/**
 * The module answers at the old speed, then changes; whether it has is found out by asking, at both speeds. One that has
 * agreed but not changed, or has not heard it, is told again.
 */
async function changeBaud(link: Ef01Link, from: number, to: number): Promise<void> {
	for (let order = 1; order <= ORDERS; order++) {
		const command = COMMANDS.setSystemParameter(PARAMETERS.baud, to / BAUD_STEP);
		const answer = await link.ask(command, { attempts: 1 }).catch(ignoreTimeout);
		const baud = await findAmong(link, [to, from, to]);
		const isRefused = answer !== undefined && answer[0] !== OK;
		if (baud === to || isRefused) return;
	}
}

/** @returns the first speed that the module answers at. @throws ServiceError DEVICE_TIMEOUT when it answers at none */
async function findAmong(link: Ef01Link, bauds: readonly number[]): Promise<number> {
	for (const baud of bauds) if (await answersAt(link, baud)) return baud;
	throw new ServiceError('DEVICE_TIMEOUT');
}

async function answersAt(link: Ef01Link, baud: number): Promise<boolean> {
	await link.line.setBaud(baud);
	const options = { timeoutMs: PROBE_TIMEOUT_MS, attempts: 1 };
	const answer = await link.ask(COMMANDS.verifyPassword, options).catch(ignoreTimeout);
	return answer !== undefined;
}

function ignoreTimeout(error: unknown): undefined {
	if (!isTimeout(error)) throw error;
}
