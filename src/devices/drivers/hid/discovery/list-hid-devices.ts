import { reasonOf } from '../../../../config/system-error.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import { loadNodeHid, type NodeHid } from '../transport/load-node-hid.ts';
import type { HidDevice } from './hid-device.ts';

/** The part of node-hid that lists devices. */
export type HidLister = Pick<NodeHid, 'devicesAsync'>;

/** Implements `ListHidDevices` with node-hid. On Linux it needs no permission to open the devices. */
export async function listHidDevices(load: () => Promise<HidLister> = loadNodeHid): Promise<readonly HidDevice[]> {
	const library = await load();
	try {
		const devices = await library.devicesAsync();
		return devices.flatMap(({ path, vendorId, productId, usagePage, interface: number, serialNumber }) =>
			path === undefined ? [] : { path, vendorId, productId, usagePage, interface: number, serialNumber },
		);
	} catch (cause) {
		throw new ServiceError('DEVICE_INIT_FAILED', {
			message: `HID devices cannot be listed (${reasonOf(cause)}): restart the service, then the computer`,
			cause,
		});
	}
}
