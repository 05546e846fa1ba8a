import type { Logger } from '../../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import { ZKFP } from './library/zkfinger-codes.ts';
import type { ZkFingerConnection } from './process/zkfinger-client.ts';
import { type FoundReader, toErrorMessage } from './process/zkfinger-messages.ts';
import type { UsbDevice } from './usb/usb-presence.ts';
import { ZKTECO_READERS } from './zkteco-products.ts';

/** Delays before Init is tried again, ms: shortly after a replug it may fail or find no reader. */
const INIT_RETRY_DELAYS_MS = [150, 300, 450];

/** Serial number that represents all readers while the library cannot be used. */
export const LIBRARY_SERIAL_NUMBER = 'zkfinger-library';

/** Serial number that represents plugged-in readers that the working library does not find. */
const UNDETECTED_SERIAL_NUMBER = 'zkfinger-overlooked';

export interface FindReadersOptions {
	readonly connection: ZkFingerConnection;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Whether the settings name a library, which makes a missing library a fault. */
	readonly isLibrarySet: boolean;
}

/**
 * Restarts the library and returns the readers that it finds. If the library cannot work although the settings name it or a reader is
 * plugged in, returns one reader with a fault. Returns no reader if the connection is closed during the call.
 *
 * @param present the plugged-in USB devices; undefined if the system cannot list them
 */
export async function findReaders(
	present: readonly UsbDevice[] | undefined,
	{ connection, clock, logger, isLibrarySet }: FindReadersOptions,
): Promise<readonly FoundReader[]> {
	const model = readerModel(present);
	try {
		await connection.call({ type: 'load' });
	} catch (thrown) {
		const error = toServiceError(thrown);
		if (error.error === 'SERVICE_UNAVAILABLE') return [];
		if (isLibrarySet || model !== undefined) return [libraryFailure(error, model)];
		logger.info('ZKFinger readers are not available: their library is not installed', { reason: error.message });
		return [];
	}
	try {
		const found = await scanWithRetries(connection, clock, model !== undefined);
		return found.length > 0 || model === undefined ? found : [undetectedReader(model)];
	} catch (thrown) {
		// Without a reader, some versions fail in Init instead of returning -3.
		const error = toServiceError(thrown);
		if (present?.length === 0 || error.error === 'SERVICE_UNAVAILABLE') return [];
		return [libraryFailure(error, model)];
	}
}

/** Returns the model of the first plugged-in reader; undefined if the list contains none. */
export function readerModel(present: readonly UsbDevice[] | undefined): string | undefined {
	return present?.map(({ productId }) => ZKTECO_READERS.get(productId)).find((model) => model !== undefined);
}

/** Scans, and repeats a scan that fails. @param isReaderThere whether a scan that finds no reader has failed */
async function scanWithRetries(
	connection: ZkFingerConnection,
	clock: Clock,
	isReaderThere: boolean,
): Promise<readonly FoundReader[]> {
	for (const pauseMs of INIT_RETRY_DELAYS_MS) {
		try {
			const found = await connection.call({ type: 'scan' });
			if (found.length > 0 || !isReaderThere) return found;
		} catch (thrown) {
			if (toServiceError(thrown).details?.code !== ZKFP.captureLibraryFailed) throw thrown;
		}
		await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
	}
	return connection.call({ type: 'scan' });
}

function libraryFailure(error: ServiceError, model = 'ZKFinger reader'): FoundReader {
	return { serialNumber: LIBRARY_SERIAL_NUMBER, model, fault: toErrorMessage(error) };
}

function undetectedReader(model: string): FoundReader {
	const message =
		'The reader is plugged in, but the ZKFinger library does not find it: plug it in again; on Linux also install the udev rules of the service';
	return { serialNumber: UNDETECTED_SERIAL_NUMBER, model, fault: { error: 'DEVICE_INIT_FAILED', message } };
}
