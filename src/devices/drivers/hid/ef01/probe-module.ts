import type { Clock } from '../../../../time/clock.ts';
import type { SerialLine } from '../transport/serial-line.ts';
import { DEFAULT_BAUD, findBaud } from './baud-rate.ts';
import { Ef01Connection } from './ef01-connection.ts';

/**
 * Checks whether a fingerprint module answers on a line, at any baud rate, and closes the line.
 *
 * @throws ServiceError DEVICE_TIMEOUT when none answers, after about 3 s; as `HidPort.closed`
 */
export async function probeModule(line: SerialLine, clock: Clock): Promise<void> {
	try {
		await line.open(DEFAULT_BAUD);
		await findBaud(new Ef01Connection(line, clock));
	} finally {
		await line.close();
	}
}
