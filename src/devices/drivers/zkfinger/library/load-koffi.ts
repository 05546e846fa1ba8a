import { reasonOf } from '../../../../config/system-error.ts';
import { ServiceError } from '../../../../protocol/errors.ts';

export type Koffi = typeof import('koffi').default;

/**
 * The library that calls the vendor's, loaded on first use: a machine that cannot load it still runs the service.
 *
 * @throws ServiceError DEVICE_INIT_FAILED with the reason and the remedy
 */
export async function loadKoffi(): Promise<Koffi> {
	try {
		const { default: koffi } = await import('koffi');
		return koffi;
	} catch (cause) {
		const message = `The library for native calls cannot be loaded (${reasonOf(cause)}): install the service again on this machine`;
		throw new ServiceError('DEVICE_INIT_FAILED', { message, cause });
	}
}
