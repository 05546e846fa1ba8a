/**
 * A packet of the EF01 protocol, which the modules ZFM-20 to ZFM-100, R30x, R50x, FPM10A and AS608 use. Numbers are
 * big-endian.
 *
 * ```
 * offset   bytes   field
 * 0        2       header ef 01
 * 2        4       address of the module, ff ff ff ff by default
 * 6        1       type: 01 command, 02 data with more packets to follow, 07 acknowledgement, 08 last data
 * 7        2       length = payload + 2
 * 9        n       payload; in a command the instruction and its arguments, in an acknowledgement the confirm code and data
 * 9+n      2       sum of the bytes from offset 6 to the end of the payload, modulo 65 536
 * ```
 *
 * @see manuals of R503 (1.2.2) and ZFM-70; three independent implementations agree
 */
export interface Ef01Packet {
	readonly type: PacketType;
	/** 0 to 256 bytes. */
	readonly payload: Uint8Array;
}

export type PacketType = 'command' | 'data' | 'acknowledgement' | 'last-data';

/** The first bytes of a packet. */
export const HEADER = [0xef, 0x01] as const;

/** The factory default address, the only one that is supported. */
export const ADDRESS = [0xff, 0xff, 0xff, 0xff] as const;

/** Offset of the payload, bytes. */
export const PAYLOAD_OFFSET = 9;
export const CHECKSUM_BYTES = 2;
export const MAX_PAYLOAD_BYTES = 256;

const TYPE_CODES = { command: 1, data: 2, acknowledgement: 7, 'last-data': 8 } as const satisfies Record<
	PacketType,
	number
>;
const TYPES = new Map<number | undefined, PacketType>([
	[TYPE_CODES.command, 'command'],
	[TYPE_CODES.data, 'data'],
	[TYPE_CODES.acknowledgement, 'acknowledgement'],
	[TYPE_CODES['last-data'], 'last-data'],
]);

/** Returns the type for its code; undefined for an unknown code. */
export function packetTypeOf(code: number | undefined): PacketType | undefined {
	return TYPES.get(code);
}

/** Encodes a packet; its payload must not exceed 256 bytes. */
export function encodePacket({ type, payload }: Ef01Packet): Uint8Array {
	const bytes = new Uint8Array(PAYLOAD_OFFSET + payload.length + CHECKSUM_BYTES);
	bytes.set([...HEADER, ...ADDRESS, TYPE_CODES[type]]);
	bytes.set(payload, PAYLOAD_OFFSET);
	const view = new DataView(bytes.buffer);
	view.setUint16(PAYLOAD_OFFSET - 2, payload.length + CHECKSUM_BYTES);
	view.setUint16(bytes.length - CHECKSUM_BYTES, checksumOf(bytes));
	return bytes;
}

/** Returns the checksum. @param packet a complete packet; its last two bytes are not included in the sum */
export function checksumOf(packet: Uint8Array): number {
	let sum = 0;
	for (const byte of packet.subarray(PAYLOAD_OFFSET - 3, packet.length - CHECKSUM_BYTES)) sum += byte;
	return sum % 65_536;
}
