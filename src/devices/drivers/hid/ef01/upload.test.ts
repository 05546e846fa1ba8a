import { describe, expect, it } from 'vitest';
import type { DecoderEvent } from './packet-decoder.ts';
import type { PacketType } from './packets.ts';
import { Ef01Upload } from './upload.ts';

const packet = (type: PacketType, ...bytes: number[]): DecoderEvent => ({
	kind: 'packet',
	packet: { type, payload: Uint8Array.from(bytes) },
});
const OK = packet('acknowledgement', 0);
const FAULT: DecoderEvent = { kind: 'fault', fault: 'checksum' };

function collect(...events: DecoderEvent[]): (number[] | undefined)[] {
	const upload = new Ef01Upload(4);
	return events.map((event) => {
		const data = upload.receive(event);
		return data && [...data];
	});
}

describe('Ef01Upload', () => {
	it('joins the data of all packets after the last one', () => {
		expect(collect(OK, packet('data', 1, 2), packet('data', 3), packet('last-data', 4))).toEqual([
			undefined,
			undefined,
			undefined,
			[1, 2, 3, 4],
		]);
	});

	it('ignores unsolicited acknowledgements', () => {
		expect(collect(OK, OK, packet('data', 1), packet('acknowledgement', 2), packet('last-data', 2)).at(-1)).toEqual([
			1, 2,
		]);
	});

	it('throws the error that the module answers instead of an image', () => {
		expect(() => collect(packet('acknowledgement', 0x29))).toThrow(
			expect.objectContaining({ error: 'DEVICE_INIT_FAILED' }),
		);
	});

	it.each([
		['a damaged packet', [OK, FAULT, packet('data', 1)]],
		['a damaged acknowledgement', [FAULT, packet('data', 1)]],
		['no acknowledgement', [packet('data', 1)]],
		['data before its acknowledgement', [packet('data', 1), OK]],
	])('receives an image with %s to its end, then rejects it', (_what, events) => {
		expect(collect(...events)).not.toContain(expect.anything());
		expect(() => collect(...events, packet('last-data', 2))).toThrow(
			expect.objectContaining({ error: 'DEVICE_TIMEOUT', message: expect.stringContaining('damaged packets') }),
		);
	});

	it('immediately rejects more bytes than an image has', () => {
		expect(() => collect(OK, packet('data', 1, 2, 3), packet('data', 4, 5))).toThrow('more bytes than an image has');
	});
});
