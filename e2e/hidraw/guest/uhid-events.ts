/** What the kernel asks of a device that this process plays; other events are of no interest. */
export type UhidEvent =
	/** A driver has taken the device. */
	| { readonly type: 'start' }
	/** The device is gone for the kernel: nothing follows. */
	| { readonly type: 'stop' }
	/** An output report, report id first. */
	| { readonly type: 'output'; readonly report: Uint8Array }
	/** A feature report, report id first; the writer waits for the reply with this id. */
	| { readonly type: 'set-report'; readonly id: number; readonly report: Uint8Array }
	/** The reader waits for the reply with this id. */
	| { readonly type: 'get-report'; readonly id: number }
	| { readonly type: 'other' };

/** What a device says of itself when it is plugged in. */
export interface UhidDescription {
	readonly name: string;
	readonly serialNumber: string;
	readonly vendorId: number;
	readonly productId: number;
	readonly reportDescriptor: Uint8Array;
}

/** Bytes of an event as it is read; one that is written may be shorter. */
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

/** The bus of real readers; hidapi passes over devices of a virtual bus. */
const BUS_USB = 3;
/** EIO: what a real device answers when it does not know a report. */
const IO_ERROR = 5;

/**
 * ```
 * offset   bytes   field
 * 0        4       type, in the byte order of the machine; little-endian here
 * 4        128     name             264   4   vendor id
 * 132      64      place            268   4   product id
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

/** Unplugs the device. */
export function destroyEvent(): Uint8Array {
	const event = Buffer.alloc(4);
	event.writeUInt32LE(TYPES.destroy);
	return event;
}

/** @param report as the device sends it, report id first if it has report ids */
export function inputEvent(report: Uint8Array): Uint8Array {
	const event = Buffer.alloc(6 + report.length);
	event.writeUInt32LE(TYPES.input);
	event.writeUInt16LE(report.length, 4);
	event.set(report, 6);
	return event;
}

/** The answer to `set-report`. */
export function setReportReply(id: number, isTaken: boolean): Uint8Array {
	const event = Buffer.alloc(10);
	event.writeUInt32LE(TYPES.setReportReply);
	event.writeUInt32LE(id, 4);
	event.writeUInt16LE(isTaken ? 0 : IO_ERROR, 8);
	return event;
}

/** The answer to `get-report` of a device that has nothing to tell. */
export function getReportRefusal(id: number): Uint8Array {
	const event = Buffer.alloc(12);
	event.writeUInt32LE(TYPES.getReportReply);
	event.writeUInt32LE(id, 4);
	event.writeUInt16LE(IO_ERROR, 8);
	return event;
}

/** @param bytes one event as it was read. @see linux/uhid.h, structs uhid_output_req and uhid_set_report_req */
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
