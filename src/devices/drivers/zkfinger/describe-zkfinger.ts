import type { Settings } from '../../../config/settings.ts';
import { toServiceError } from '../../../protocol/errors.ts';
import { systemClock } from '../../../time/clock.ts';
import { readerModel } from './find-readers.ts';
import { ZkFingerClient } from './process/zkfinger-client.ts';
import { systemUsbPresence } from './usb/system-usb-presence.ts';

/**
 * Whether the vendor's library can be loaded, in words for a person. No reader is opened: a running service may use them.
 *
 * @throws ServiceError DEVICE_INIT_FAILED with reason and remedy, if a library is set or a reader is plugged in
 */
export async function describeZkFinger(
	{ enabled, libraryPath }: Settings['zkfinger'],
	presence = systemUsbPresence(systemClock),
): Promise<string> {
	if (!enabled) return 'off';
	const model = readerModel(await presence.list());
	const plugged = model === undefined ? '' : `; ${model} is plugged in`;
	const client = new ZkFingerClient({ clock: systemClock, libraryPath: libraryPath || undefined, onLost: () => {} });
	try {
		await client.call({ type: 'load' });
		return `loads${plugged}`;
	} catch (thrown) {
		if (libraryPath !== '' || model !== undefined) throw thrown;
		return `only ZKTeco readers need it. ${toServiceError(thrown).message}`;
	} finally {
		await client.close();
	}
}
