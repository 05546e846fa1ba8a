import { describe, expect, it } from 'vitest';
import { toHex } from '../testing/fake-hid-port.ts';
import { encodePacket } from './packets.ts';

/** Computed from the layout in the manuals, with checksums verified by hand. */
const VECTORS: [name: string, type: 'command' | 'acknowledgement', payload: string, bytes: string][] = [
	['VfyPwd', 'command', '1300000000', 'ef01ffffffff0100071300000000001b'],
	['GenImg', 'command', '01', 'ef01ffffffff010003010005'],
	['UpImage', 'command', '0a', 'ef01ffffffff0100030a000e'],
	['Img2Tz of buffer 1', 'command', '0201', 'ef01ffffffff01000402010008'],
	['RegModel', 'command', '05', 'ef01ffffffff010003050009'],
	['UpChar of buffer 1', 'command', '0801', 'ef01ffffffff0100040801000e'],
	['ReadSysPara', 'command', '0f', 'ef01ffffffff0100030f0013'],
	['AuraLedConfig', 'command', '3501800100', 'ef01ffffffff010007350180010000bf'],
	['OK', 'acknowledgement', '00', 'ef01ffffffff07000300000a'],
	['no finger', 'acknowledgement', '02', 'ef01ffffffff07000302000c'],
];

describe('encodePacket', () => {
	it.each(VECTORS)('encodes %s', (_name, type, payload, bytes) => {
		const encoded = encodePacket({ type, payload: Buffer.from(payload, 'hex') });
		expect(toHex(encoded)).toBe(toHex(Buffer.from(bytes, 'hex')));
	});

	it.each([
		['data', 2],
		['last-data', 8],
	] as const)('encodes %s of 256 bytes, whose checksum needs two bytes', (type, code) => {
		const encoded = encodePacket({ type, payload: new Uint8Array(256).fill(0xff) });
		expect(encoded).toHaveLength(267);
		expect(toHex(encoded.subarray(6, 9))).toBe(`0${code} 01 02`);
		const sum = code + 1 + 2 + 256 * 0xff;
		expect(toHex(encoded.subarray(-2))).toBe(toHex(Uint8Array.of(sum >> 8, sum & 0xff)));
	});
});
