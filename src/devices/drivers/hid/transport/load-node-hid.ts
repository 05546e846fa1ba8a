import { reasonOf } from '../../../../config/system-error.ts';
import { ServiceError } from '../../../../protocol/errors.ts';

export type NodeHid = typeof import('node-hid');

/**
 * The HID library, loaded on first use: a machine that cannot load it still runs the service, and may try again.
 *
 * @throws ServiceError DEVICE_INIT_FAILED with the reason and the remedy
 */
export async function loadNodeHid(importLibrary = importNodeHid): Promise<NodeHid> {
	try {
		const nodeHid = await importLibrary();
		// The library loads its native part on its first call, and that is what fails where a system library is missing.
		nodeHid.getHidapiVersion();
		return nodeHid;
	} catch (cause) {
		const message = `The HID library cannot be loaded (${reasonOf(cause)}): on Linux install libusb-1.0-0 and libudev1`;
		throw new ServiceError('DEVICE_INIT_FAILED', { message, cause });
	}
}

async function importNodeHid(): Promise<NodeHid> {
	const { default: nodeHid } = await import('node-hid');
	return nodeHid;
}
