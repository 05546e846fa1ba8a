/** One HID device as the system lists it. */
export interface HidDevice {
	/** Path for opening the device: a device node on Linux, opaque elsewhere. A device with several usages is listed once per usage, with the same path. */
	readonly path: string;
	readonly vendorId: number;
	readonly productId: number;
	readonly usagePage: number | undefined;
	/** Number of the USB interface; -1 when the system does not report it. */
	readonly interface: number;
	/** Serial number of the device or its bridge chip; undefined or empty when there is none, and not always unique. */
	readonly serialNumber: string | undefined;
}

/** Lists all HID devices of the system, including those that are not readers. @throws ServiceError DEVICE_INIT_FAILED with reason and remedy */
export type ListHidDevices = () => Promise<readonly HidDevice[]>;

/** Returns vendor and product id in the usual notation: `10c4:ea80`. */
export function usbId({ vendorId, productId }: Pick<HidDevice, 'vendorId' | 'productId'>): string {
	return [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':');
}
