import type { Logger } from '../../../log/logger.ts';
import type { Clock } from '../../../protocol/clock.ts';
import { type ServiceError, toServiceError } from '../../../protocol/errors.ts';
import type { UsbDevice } from './usb-presence.ts';
import type { ZkFingerLink } from './zkfinger-client.ts';
import { ZKFP } from './zkfinger-codes.ts';
import { type FoundReader, toErrorMessage } from './zkfinger-messages.ts';
import { ZKTECO_READERS } from './zkteco-products.ts';

/** Pauses before Init is tried again, ms: right after a replug it may find the capture library in a stale state. */
const INIT_RETRY_PAUSES_MS = [150, 300, 450];

/** Stands for all readers where the library itself cannot be used. */
export const NO_LIBRARY = 'zkfinger-library';

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
		return await scanPatiently(link, clock);
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

async function scanPatiently(link: ZkFingerLink, clock: Clock): Promise<readonly FoundReader[]> {
	for (const pauseMs of INIT_RETRY_PAUSES_MS) {
		try {
			return await link.call({ type: 'scan' });
		} catch (thrown) {
			if (toServiceError(thrown).details?.code !== ZKFP.captureLibraryFailed) throw thrown;
			await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
		}
	}
	return link.call({ type: 'scan' });
}

function unusable(error: ServiceError, model = 'ZKFinger reader'): FoundReader {
	return { serialNumber: NO_LIBRARY, model, fault: toErrorMessage(error) };
}
