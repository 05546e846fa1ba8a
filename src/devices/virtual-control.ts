import type { ClientMessageOf } from '../protocol/client-messages.ts';

/** A touch as `virtual:touch` requests it. Without a seed each touch differs. */
export type TouchRequest = Omit<ClientMessageOf<'virtual:touch'>, 'type' | 'deviceId'>;

/** Controls the virtual readers, by serial number. Every method throws ServiceError DEVICE_NOT_FOUND for an unknown reader. */
export interface VirtualControl {
	/** Name of the driver that owns the virtual readers. */
	readonly name: string;
	/** Resolves once the finger rests on the reader. @throws ServiceError DEVICE_DISCONNECTED when the reader is unplugged during the synthesis */
	touch(serialNumber: string, touch: TouchRequest): Promise<void>;
	lift(serialNumber: string): void;
	unplug(serialNumber: string): void;
	/** Does nothing if the reader is plugged in. */
	plug(serialNumber: string): void;
	fault(serialNumber: string, error: 'DEVICE_INIT_FAILED' | 'DEVICE_TIMEOUT'): void;
}
