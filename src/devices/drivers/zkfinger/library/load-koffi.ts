import { reasonOf } from '../../../../config/system-error.ts';
import { ServiceError } from '../../../../protocol/errors.ts';

export type Koffi = typeof import('koffi').default;

/**
 * Loads the package for native calls on first use, so that the service also runs where it cannot be loaded.
 *
 * @throws ServiceError DEVICE_INIT_FAILED with reason and remedy
 */
export async function loadKoffi(): Promise<Koffi> {
	try {
		const { default: koffi } = await import('koffi');
		return koffi;
	} catch (cause) {
		const message = `The package for native calls (koffi) cannot be loaded (${reasonOf(cause)}): install the service again on this machine`;
		throw new ServiceError('DEVICE_INIT_FAILED', { message, cause });
	}
}
