import { reasonOf } from '../../../../config/system-error.ts';
import { ServiceError } from '../../../../protocol/errors.ts';

export type NodeHid = typeof import('node-hid');

/**
 * Loads the HID library on first use, so that the service also runs on a machine that cannot load it. A failed load can be
 * repeated.
 *
 * @throws ServiceError DEVICE_INIT_FAILED with reason and remedy
 */
export async function loadNodeHid(importLibrary = importNodeHid): Promise<NodeHid> {
	try {
		const nodeHid = await importLibrary();
		// The library loads its native code on the first call, which fails when a system library is missing.
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
