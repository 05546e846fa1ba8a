import {
	ADDRESS,
	CHECKSUM_BYTES,
	checksumOf,
	type Ef01Packet,
	HEADER,
	MAX_PAYLOAD_BYTES,
	PAYLOAD_OFFSET,
	packetTypeOf,
} from './packets.ts';

/** Why bytes that start like a packet are not a valid packet. */
export type PacketFault = 'address' | 'type' | 'length' | 'checksum';

export type DecoderEvent =
	| { readonly kind: 'packet'; readonly packet: Ef01Packet }
	| { readonly kind: 'fault'; readonly fault: PacketFault };

/** The result of inspecting the bytes at one offset. */
interface Inspection {
	/** Bytes to skip; 0 when more bytes are needed. */
	readonly size: number;
	readonly event?: DecoderEvent;
}

const INCOMPLETE: Inspection = { size: 0 };
const NO_HEADER: Inspection = { size: 1 };
const LENGTH_OFFSET = PAYLOAD_OFFSET - 2;

/**
 * Finds the packets in a byte stream that may be split, merged or damaged. It skips bytes between packets silently; after a
 * fault it continues directly after the invalid header. It buffers less than one packet.
 */
export class Ef01Decoder {
	private rest: Uint8Array = new Uint8Array(0);

	/** Number of buffered bytes, at most 266. */
	get waitingBytes(): number {
		return this.rest.length;
	}

	/** Adds bytes. @returns the packets and faults that they complete, in order */
	push(bytes: Uint8Array): DecoderEvent[] {
		const stream = new Uint8Array(this.rest.length + bytes.length);
		stream.set(this.rest);
		stream.set(bytes, this.rest.length);
		const events: DecoderEvent[] = [];
		let offset = stream.indexOf(HEADER[0]);
		while (offset !== -1) {
			const { size, event } = inspect(stream.subarray(offset));
			if (event) events.push(event);
			if (size === 0) break;
			offset = stream.indexOf(HEADER[0], offset + size);
		}
		this.rest = offset === -1 ? new Uint8Array(0) : stream.slice(offset);
		return events;
	}

	/** Drops an incomplete packet. */
	reset(): void {
		this.rest = new Uint8Array(0);
	}
}

/**
 * Inspects bytes that start with the first byte of a header. It reports a fault as early as possible, so that the decoder does
 * not wait for the bytes of a wrong length.
 */
function inspect(bytes: Uint8Array): Inspection {
	if (bytes.length < HEADER.length) return INCOMPLETE;
	if (bytes[1] !== HEADER[1]) return NO_HEADER;
	const address = bytes.subarray(HEADER.length, HEADER.length + ADDRESS.length);
	if (address.some((byte, i) => byte !== ADDRESS[i])) return faultAt('address');
	if (bytes.length < LENGTH_OFFSET) return INCOMPLETE;
	const type = packetTypeOf(bytes[LENGTH_OFFSET - 1]);
	if (type === undefined) return faultAt('type');
	if (bytes.length < PAYLOAD_OFFSET) return INCOMPLETE;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const length = view.getUint16(LENGTH_OFFSET);
	if (length < CHECKSUM_BYTES || length > MAX_PAYLOAD_BYTES + CHECKSUM_BYTES) return faultAt('length');
	const size = PAYLOAD_OFFSET + length;
	if (bytes.length < size) return INCOMPLETE;
	const isWhole = checksumOf(bytes.subarray(0, size)) === view.getUint16(size - CHECKSUM_BYTES);
	if (!isWhole) return faultAt('checksum');
	const payload = bytes.slice(PAYLOAD_OFFSET, size - CHECKSUM_BYTES);
	return { size, event: { kind: 'packet', packet: { type, payload } } };
}

function faultAt(fault: PacketFault): Inspection {
	return { size: HEADER.length, event: { kind: 'fault', fault } };
}
