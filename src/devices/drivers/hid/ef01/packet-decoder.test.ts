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

/** `bytes` cut at each of the places, which may be in any order and out of range. */
function torn(bytes: Uint8Array, places: number[]): Uint8Array[] {
	const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	return cuts.slice(1).map((cut, i) => bytes.subarray(cuts[i], cut));
}

/** A whole packet whose bytes at `offset` are replaced. */
function spoiled(offset: number, ...values: number[]): Uint8Array {
	const bytes = encodePacket(OK);
	bytes.set(values, offset);
	return bytes;
}

describe('Ef01Decoder', () => {
	it('reads every packet of a stream, wherever it is torn', () => {
		fc.assert(
			fc.property(fc.array(anyPacket, { maxLength: 5 }), fc.array(fc.nat()), (packets, places) => {
				const stream = join(...packets.map(encodePacket));
				expect(packetsIn(decode(...torn(stream, places)))).toEqual(packets);
			}),
		);
	});

	it('skips what lies between packets without a word: zeros, a bare 55, half a header', () => {
		const between = [Uint8Array.of(0, 0, 0), Uint8Array.of(0x55), Uint8Array.of(0xef), Uint8Array.of(0xef, 0xef)];
		const stream = between.flatMap((bytes) => [bytes, encodePacket(OK)]);
		expect(decode(...stream, join(...stream))).toEqual(new Array(8).fill({ kind: 'packet', packet: OK }));
	});

	it('finds the packet behind any bytes at all, once enough bytes have passed', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 600 }), (noise) => {
				const events = decode(noise, new Uint8Array(267), encodePacket(OK));
				expect(packetsIn(events).at(-1)).toEqual(OK);
			}),
		);
	});

	it('holds less than one packet, whatever comes in', () => {
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

	it('never takes a packet with one changed byte for the packet it was, or for another of its length', () => {
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
		['another address', spoiled(5, 0xfe), 'address'],
		['an unknown type', spoiled(6, 0x03), 'type'],
		['length 0', spoiled(7, 0, 0), 'length'],
		['length 1', spoiled(7, 0, 1), 'length'],
		['length 259', spoiled(7, 1, 3), 'length'],
		['length 65535', spoiled(7, 0xff, 0xff), 'length'],
		['a wrong sum', spoiled(10, 0, 0xff), 'checksum'],
	])('refuses %s and reads the packet right behind it', (_what, bytes, fault) => {
		expect(decode(join(bytes, encodePacket(OK)))).toEqual([
			{ kind: 'fault', fault },
			{ kind: 'packet', packet: OK },
		]);
	});

	it('refuses a wrong address before the rest of the packet is there', () => {
		expect(decode(Uint8Array.of(0xef, 0x01, 0xff, 0x00))).toEqual([{ kind: 'fault', fault: 'address' }]);
	});

	it('finds a packet inside one that turns out to be false', () => {
		const inner = encodePacket(OK);
		const outer = encodePacket({ type: 'data', payload: inner });
		outer.set([0, 0], outer.length - 2);
		expect(packetsIn(decode(outer))).toEqual([OK]);
	});

	it('reads a payload of nothing', () => {
		const empty: Ef01Packet = { type: 'last-data', payload: new Uint8Array() };
		expect(packetsIn(decode(encodePacket(empty)))).toEqual([empty]);
	});

	it('forgets half a packet when told to', () => {
		const decoder = new Ef01Decoder();
		decoder.push(encodePacket(OK).subarray(0, 9));
		decoder.reset();
		expect(decoder.waitingBytes).toBe(0);
		expect(packetsIn(decoder.push(encodePacket(OK)))).toEqual([OK]);
	});
});
