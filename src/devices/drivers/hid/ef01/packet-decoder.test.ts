import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecoderEvent, Ef01Decoder } from './packet-decoder.ts';
import { type Ef01Packet, encodePacket, type PacketType } from './packets.ts';

const TYPES: PacketType[] = ['command', 'data', 'acknowledgement', 'last-data'];
const OK: Ef01Packet = { type: 'acknowledgement', payload: Uint8Array.of(0) };

const anyPacket: fc.Arbitrary<Ef01Packet> = fc.record({
	type: fc.constantFrom(...TYPES),
	payload: fc.uint8Array({ maxLength: 256 }),
});

function decode(...pieces: Uint8Array[]): DecoderEvent[] {
	const decoder = new Ef01Decoder();
	return pieces.flatMap((piece) => decoder.push(piece));
}

function packetsIn(events: DecoderEvent[]): Ef01Packet[] {
	return events.flatMap((event) => (event.kind === 'packet' ? [event.packet] : []));
}

function join(...pieces: Uint8Array[]): Uint8Array {
	return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

/** Splits `bytes` at the given places, which may be unsorted and out of range. */
function splitAt(bytes: Uint8Array, places: number[]): Uint8Array[] {
	const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	return cuts.slice(1).map((cut, i) => bytes.subarray(cuts[i], cut));
}

/** Returns a packet with replaced bytes at `offset`. */
function withBytes(offset: number, ...values: number[]): Uint8Array {
	const bytes = encodePacket(OK);
	bytes.set(values, offset);
	return bytes;
}

describe('Ef01Decoder', () => {
	it('reads every packet of a stream, wherever it is split', () => {
		fc.assert(
			fc.property(fc.array(anyPacket, { maxLength: 5 }), fc.array(fc.nat()), (packets, places) => {
				const stream = join(...packets.map(encodePacket));
				expect(packetsIn(decode(...splitAt(stream, places)))).toEqual(packets);
			}),
		);
	});

	it('silently skips zeros, a single 55 and half a header between packets', () => {
		const between = [Uint8Array.of(0, 0, 0), Uint8Array.of(0x55), Uint8Array.of(0xef), Uint8Array.of(0xef, 0xef)];
		const stream = between.flatMap((bytes) => [bytes, encodePacket(OK)]);
		expect(decode(...stream, join(...stream))).toEqual(new Array(8).fill({ kind: 'packet', packet: OK }));
	});

	it('finds the packet after arbitrary bytes, once enough bytes have passed', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 600 }), (noise) => {
				const events = decode(noise, new Uint8Array(267), encodePacket(OK));
				expect(packetsIn(events).at(-1)).toEqual(OK);
			}),
		);
	});

	it('buffers less than one packet for any input', () => {
		const likely = fc.constantFrom(0xef, 0x01, 0xff, 0x02, 0x07, 0x08, 0x00);
		const anyByte = fc.oneof(likely, fc.nat(255));
		fc.assert(
			fc.property(fc.array(fc.array(anyByte, { maxLength: 400 })), (pieces) => {
				const decoder = new Ef01Decoder();
				for (const piece of pieces) {
					decoder.push(Uint8Array.from(piece));
					expect(decoder.waitingBytes).toBeLessThanOrEqual(266);
				}
			}),
		);
	});

	it('never accepts a packet with one changed byte as a packet of the same length', () => {
		fc.assert(
			fc.property(anyPacket, fc.nat(), fc.integer({ min: 1, max: 255 }), (packet, place, change) => {
				const bytes = encodePacket(packet);
				const at = place % bytes.length;
				bytes[at] = (bytes[at] ?? 0) ^ change;
				const sameLength = packetsIn(decode(bytes)).filter(({ payload }) => payload.length === packet.payload.length);
				expect(sameLength).toEqual([]);
			}),
		);
	});

	it.each([
		['another address', withBytes(5, 0xfe), 'address'],
		['an unknown type', withBytes(6, 0x03), 'type'],
		['length 0', withBytes(7, 0, 0), 'length'],
		['length 1', withBytes(7, 0, 1), 'length'],
		['length 259', withBytes(7, 1, 3), 'length'],
		['length 65535', withBytes(7, 0xff, 0xff), 'length'],
		['a wrong sum', withBytes(10, 0, 0xff), 'checksum'],
	])('rejects %s and reads the packet directly after it', (_what, bytes, fault) => {
		expect(decode(join(bytes, encodePacket(OK)))).toEqual([
			{ kind: 'fault', fault },
			{ kind: 'packet', packet: OK },
		]);
	});

	it('rejects a wrong address before the rest of the packet has arrived', () => {
		expect(decode(Uint8Array.of(0xef, 0x01, 0xff, 0x00))).toEqual([{ kind: 'fault', fault: 'address' }]);
	});

	it('finds a packet inside an invalid packet', () => {
		const inner = encodePacket(OK);
		const outer = encodePacket({ type: 'data', payload: inner });
		outer.set([0, 0], outer.length - 2);
		expect(packetsIn(decode(outer))).toEqual([OK]);
	});

	it('reads an empty payload', () => {
		const empty: Ef01Packet = { type: 'last-data', payload: new Uint8Array() };
		expect(packetsIn(decode(encodePacket(empty)))).toEqual([empty]);
	});

	it('drops an incomplete packet on reset', () => {
		const decoder = new Ef01Decoder();
		decoder.push(encodePacket(OK).subarray(0, 9));
		decoder.reset();
		expect(decoder.waitingBytes).toBe(0);
		expect(packetsIn(decoder.push(encodePacket(OK)))).toEqual([OK]);
	});
});
