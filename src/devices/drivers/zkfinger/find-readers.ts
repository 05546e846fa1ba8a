import type { Logger } from '../../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import { ZKFP } from './library/zkfinger-codes.ts';
import type { ZkFingerLink } from './process/zkfinger-client.ts';
import { type FoundReader, toErrorMessage } from './process/zkfinger-messages.ts';
import type { UsbDevice } from './usb/usb-presence.ts';
import { ZKTECO_READERS } from './zkteco-products.ts';

/** Pauses before Init is tried again, ms: right after a replug it may find the capture library in a stale state, or nothing. */
const INIT_RETRY_PAUSES_MS = [150, 300, 450];

/** Stands for all readers where the library itself cannot be used. */
export const NO_LIBRARY = 'zkfinger-library';

/** Stands for readers that are on the bus while the library, which works, finds none. */
const OVERLOOKED = 'zkfinger-overlooked';

export interface FindReadersOptions {
	readonly link: ZkFingerLink;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Whether the operator has named a library: then a missing one is a fault. */
	readonly isLibrarySet: boolean;
}

/**
 * Start the library afresh and tell what it finds. Whatever hinders it and concerns somebody is told as a reader with a
 * fault; a machine with neither library nor reader has none. A link that closes meanwhile has none either.
 *
 * @param present what is on the bus; undefined when the system does not tell
 */
export async function findReaders(
	present: readonly UsbDevice[] | undefined,
	{ link, clock, logger, isLibrarySet }: FindReadersOptions,
): Promise<readonly FoundReader[]> {
	const model = readerModel(present);
	try {
		await link.call({ type: 'load' });
	} catch (thrown) {
		const error = toServiceError(thrown);
		if (error.error === 'SERVICE_UNAVAILABLE') return [];
		if (isLibrarySet || model !== undefined) return [unusable(error, model)];
		logger.info('No ZKFinger readers without their library', { reason: error.message });
		return [];
	}
	try {
		const found = await scanPatiently(link, clock, model !== undefined);
		return found.length > 0 || model === undefined ? found : [overlooked(model)];
	} catch (thrown) {
		// Some editions answer Init with a fault, and not with -3, when no reader is there.
		const error = toServiceError(thrown);
		if (present?.length === 0 || error.error === 'SERVICE_UNAVAILABLE') return [];
		return [unusable(error, model)];
	}
}

/** @returns undefined when no reader is known to be there */
export function readerModel(present: readonly UsbDevice[] | undefined): string | undefined {
	return present?.map(({ productId }) => ZKTECO_READERS.get(productId)).find((model) => model !== undefined);
}

/** @param isReaderThere none found are too few */
async function scanPatiently(
	link: ZkFingerLink,
	clock: Clock,
	isReaderThere: boolean,
): Promise<readonly FoundReader[]> {
	for (const pauseMs of INIT_RETRY_PAUSES_MS) {
		try {
			const found = await link.call({ type: 'scan' });
			if (found.length > 0 || !isReaderThere) return found;
		} catch (thrown) {
			if (toServiceError(thrown).details?.code !== ZKFP.captureLibraryFailed) throw thrown;
		}
		await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
	}
	return link.call({ type: 'scan' });
}

function unusable(error: ServiceError, model = 'ZKFinger reader'): FoundReader {
	return { serialNumber: NO_LIBRARY, model, fault: toErrorMessage(error) };
}

function overlooked(model: string): FoundReader {
	const message =
		'The reader is plugged in, but the ZKFinger library does not find it: replug it; on Linux install the udev rules of the service';
	return { serialNumber: OVERLOOKED, model, fault: { error: 'DEVICE_INIT_FAILED', message } };
}
