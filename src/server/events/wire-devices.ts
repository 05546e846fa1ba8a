import type { Device } from '../../devices/device-registry.ts';
import type { DeviceObject } from '../../protocol/server-messages.ts';

/** Converts a reader to its protocol object; only virtual readers have the field `virtual`. */
export function toDeviceObject({ id, info, status }: Device): DeviceObject {
	const { serialNumber, model, firmwareVersion, isVirtual } = info;
	return { id, serialNumber, model, status, firmwareVersion, ...(isVirtual && { virtual: true as const }) };
}
