/** One HID device as the system lists it. */
export interface HidDevice {
	/** What opens it: a device node on Linux, opaque elsewhere. A device with several uses is listed once for each, under one path. */
	readonly path: string;
	readonly vendorId: number;
	readonly productId: number;
	readonly usagePage: number | undefined;
	/** Number of the USB interface, -1 where the system does not tell. */
	readonly interface: number;
	/** Of the device or its bridge chip; undefined or empty where there is none, and not always unique. */
	readonly serialNumber: string | undefined;
}

/** Every HID device of the system, readers or not. @throws ServiceError DEVICE_INIT_FAILED with the reason and the remedy */
export type ListHidDevices = () => Promise<readonly HidDevice[]>;

/** Vendor and product as everybody writes them: `10c4:ea80`. */
export function usbId({ vendorId, productId }: Pick<HidDevice, 'vendorId' | 'productId'>): string {
	return [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':');
}
