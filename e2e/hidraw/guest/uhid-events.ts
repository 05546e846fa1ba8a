/** The kernel's events for a simulated device; events that are not needed are of type `other`. */
export type UhidEvent =
	/** A driver has started the device. */
	| { readonly type: 'start' }
	/** The kernel has stopped the device; this is the last event. */
	| { readonly type: 'stop' }
	/** An output report, report id first. */
	| { readonly type: 'output'; readonly report: Uint8Array }
	/** A feature report, report id first; the sender waits for the reply with this id. */
	| { readonly type: 'set-report'; readonly id: number; readonly report: Uint8Array }
	/** A request for a feature report; the requester waits for the reply with this id. */
	| { readonly type: 'get-report'; readonly id: number }
	| { readonly type: 'other' };

/** The properties with which a device is plugged in. */
export interface UhidDescription {
	readonly name: string;
	readonly serialNumber: string;
	readonly vendorId: number;
	readonly productId: number;
	readonly reportDescriptor: Uint8Array;
}

/** Size of an event that is read, bytes; an event that is written may be shorter. */
export const EVENT_BYTES = 4_376;

const TYPES = {
	destroy: 1,
	start: 2,
	stop: 3,
	output: 6,
	getReport: 9,
	getReportReply: 10,
	create: 11,
	input: 12,
	setReport: 13,
	setReportReply: 14,
} as const;

/** Bus type of real readers; hidapi ignores devices on a virtual bus. */
const BUS_USB = 3;
/** EIO, the answer of a real device to an unsupported report. */
const IO_ERROR = 5;

/**
 * Encodes the event that plugs the device in.
 *
 * ```
 * offset   bytes   field
 * 0        4       type, in the byte order of the machine; little-endian here
 * 4        128     name             264   4   vendor id
 * 132      64      physical path    268   4   product id
 * 196      64      serial number    272   8   version, country
 * 260      2       descriptor size  280   n   report descriptor
 * 262      2       bus
 * ```
 *
 * @see linux/uhid.h, struct uhid_create2_req
 */
export function createEvent(device: UhidDescription): Uint8Array {
	const event = Buffer.alloc(EVENT_BYTES);
	event.writeUInt32LE(TYPES.create);
	event.write(device.name, 4, 127);
	event.write(device.serialNumber, 196, 63);
	event.writeUInt16LE(device.reportDescriptor.length, 260);
	event.writeUInt16LE(BUS_USB, 262);
	event.writeUInt32LE(device.vendorId, 264);
	event.writeUInt32LE(device.productId, 268);
	event.set(device.reportDescriptor, 280);
	return event;
}

/** Encodes the event that unplugs the device. */
export function destroyEvent(): Uint8Array {
	const event = Buffer.alloc(4);
	event.writeUInt32LE(TYPES.destroy);
	return event;
}

/** Encodes an input report. @param report as the device sends it, report id first if it has report ids */
export function inputEvent(report: Uint8Array): Uint8Array {
	const event = Buffer.alloc(6 + report.length);
	event.writeUInt32LE(TYPES.input);
	event.writeUInt16LE(report.length, 4);
	event.set(report, 6);
	return event;
}

/** Encodes the answer to `set-report`. */
export function setReportReply(id: number, isAccepted: boolean): Uint8Array {
	const event = Buffer.alloc(10);
	event.writeUInt32LE(TYPES.setReportReply);
	event.writeUInt32LE(id, 4);
	event.writeUInt16LE(isAccepted ? 0 : IO_ERROR, 8);
	return event;
}

/** Encodes the answer to `get-report` of a device without readable feature reports. */
export function getReportRefusal(id: number): Uint8Array {
	const event = Buffer.alloc(12);
	event.writeUInt32LE(TYPES.getReportReply);
	event.writeUInt32LE(id, 4);
	event.writeUInt16LE(IO_ERROR, 8);
	return event;
}

/** Decodes one event. @see linux/uhid.h, structs uhid_output_req and uhid_set_report_req */
export function parseUhidEvent(bytes: Uint8Array): UhidEvent {
	const event = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	switch (event.readUInt32LE()) {
		case TYPES.start:
			return { type: 'start' };
		case TYPES.stop:
			return { type: 'stop' };
		case TYPES.output:
			return { type: 'output', report: bytes.slice(4, 4 + event.readUInt16LE(4_100)) };
		case TYPES.setReport:
			return {
				type: 'set-report',
				id: event.readUInt32LE(4),
				report: bytes.slice(12, 12 + event.readUInt16LE(10)),
			};
		case TYPES.getReport:
			return { type: 'get-report', id: event.readUInt32LE(4) };
		default:
			return { type: 'other' };
	}
}
