import { encodePacket } from '../ef01/packets.ts';

/** One action of a simulated module on its line: send bytes in one piece, wait, or send bytes repeatedly. */
export type SendStep =
	| { readonly send: Uint8Array }
	| { readonly waitMs: number }
	| { readonly repeat: Uint8Array; readonly everyMs: number };

/** A fault of an answer: maps its correct packets to what the module does instead. */
export type AnswerFault = (packets: readonly Uint8Array[]) => readonly SendStep[];

/** A correct answer, with each packet in a separate piece. */
export const noFault: AnswerFault = (packets) => packets.map((send) => ({ send }));

export const noAnswer: AnswerFault = () => [];

/** All packets in one piece. */
export const mergedPackets: AnswerFault = (packets) => [{ send: join(packets) }];

/** Pieces of `size` bytes, regardless of packets. */
export const splitEvery =
	(size: number): AnswerFault =>
	(packets) =>
		piecesOf(join(packets), size).map((send) => ({ send }));

export const delayedBy =
	(waitMs: number): AnswerFault =>
	(packets) => [{ waitMs }, ...noFault(packets)];

/** One bit of every packet flips. */
export const corruptedPayload: AnswerFault = (packets) => noFault(packets.map((packet) => flipBits(packet, 9, 0x10)));

/** Every packet has a wrong checksum. */
export const wrongChecksum: AnswerFault = (packets) => noFault(packets.map((packet) => flipBits(packet, -1, 1)));

/** Every packet has another module's address. */
export const wrongAddress: AnswerFault = (packets) => noFault(packets.map((packet) => flipBits(packet, 2, 1)));

/** A packet header with this length, then the answer. */
export const precededByHeader =
	(length: number): AnswerFault =>
	(packets) => [
		{ send: Uint8Array.of(0xef, 0x01, 0xff, 0xff, 0xff, 0xff, 0x07, length >> 8, length & 0xff) },
		...noFault(packets),
	];

/** Only this confirm code. */
export const answeredWith =
	(confirmCode: number): AnswerFault =>
	() => [{ send: encodePacket({ type: 'acknowledgement', payload: Uint8Array.of(confirmCode) }) }];

/** The answer, then an unsolicited one. */
export const followedByUnsolicitedAnswer: AnswerFault = (packets) => [
	...noFault(packets),
	{ send: encodePacket({ type: 'acknowledgement', payload: Uint8Array.of(0) }) },
];

/** Instead of the answer, these bytes repeatedly. */
export const endlessBytes =
	(repeat: Uint8Array): AnswerFault =>
	() => [{ repeat, everyMs: 1 }];

/** Only the first `count` packets. */
export const truncatedAfter =
	(count: number): AnswerFault =>
	(packets) =>
		noFault(packets.slice(0, count));

/** All packets except the one at `index`. */
export const withoutPacket =
	(index: number): AnswerFault =>
	(packets) =>
		noFault(packets.filter((_packet, i) => i !== index));

function flipBits(packet: Uint8Array, offset: number, bits: number): Uint8Array {
	const bytes = packet.slice();
	const at = offset < 0 ? bytes.length + offset : offset;
	bytes[at] = (bytes[at] ?? 0) ^ bits;
	return bytes;
}

function join(packets: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(packets.flatMap((packet) => [...packet]));
}

function piecesOf(bytes: Uint8Array, size: number): Uint8Array[] {
	const count = Math.ceil(bytes.length / size);
	return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
