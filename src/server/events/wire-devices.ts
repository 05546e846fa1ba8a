import type { Device } from '../../devices/device-registry.ts';
import type { DeviceObject } from '../../protocol/server-messages.ts';

/** A reader in the form of the wire; only a virtual one says that it is. */
export function toDeviceObject({ id, info, status }: Device): DeviceObject {
	const { serialNumber, model, firmwareVersion, isVirtual } = info;
	return { id, serialNumber, model, status, firmwareVersion, ...(isVirtual && { virtual: true as const }) };
}
