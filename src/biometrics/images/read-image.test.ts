import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../protocol/errors.ts';
import { readImage } from './read-image.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const png = (width: number, depth: 8 | 16, channels: number, ...data: number[]) =>
	encode({
		width,
		height: data.length / channels / width,
		depth,
		channels,
		data: depth === 16 ? Uint16Array.from(data) : Uint8Array.from(data),
	});

/** Builds a PNG from its header fields and its rows with their filter bytes. The checksums are 0, as `readImage` ignores them. */
function rawPng(
	header: { width: number; height: number; depth: number; colour: number },
	rows: Uint8Array,
	...more: Buffer[]
) {
	const chunk = (type: string, data: Uint8Array) => {
		const length = Buffer.alloc(4);
		length.writeUInt32BE(data.length);
		return Buffer.concat([length, latin1(type), data, Buffer.alloc(4)]);
	};
	const ihdr = Buffer.alloc(13);
	ihdr.writeUInt32BE(header.width, 0);
	ihdr.writeUInt32BE(header.height, 4);
	ihdr.writeUInt8(header.depth, 8);
	ihdr.writeUInt8(header.colour, 9);
	const palette = header.colour === 3 ? [chunk('PLTE', Uint8Array.of(0, 0, 0, 255, 255, 255, 255, 0, 0))] : [];
	return Buffer.concat([
		Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
		chunk('IHDR', ihdr),
		...palette,
		...more,
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', new Uint8Array()),
	]);
}

describe('readImage', () => {
	it.each<[string, Uint8Array, number[]]>([
		['grey, 8 bits', png(2, 8, 1, 0, 100, 200, 255), [0, 100, 200, 255]],
		['grey, 16 bits', png(2, 16, 1, 0, 25_700, 51_400, 65_535), [0, 100, 200, 255]],
		['grey with alpha, on white', png(2, 8, 2, 0, 255, 0, 0, 100, 255, 0, 51), [0, 255, 100, 204]],
		['RGB', png(2, 8, 3, 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9), [76, 150, 29, 9]],
		['RGB with alpha', png(2, 8, 4, 9, 9, 9, 255, 9, 9, 9, 0), [9, 255]],
		[
			'grey, 1 bit',
			rawPng({ width: 10, height: 1, depth: 1, colour: 0 }, Uint8Array.of(0, 0b10100000, 0b01000000)),
			[255, 0, 255, 0, 0, 0, 0, 0, 0, 255],
		],
		['grey, 4 bits', rawPng({ width: 3, height: 1, depth: 4, colour: 0 }, Uint8Array.of(0, 0x0f, 0x80)), [0, 255, 136]],
		['palette, 8 bits', rawPng({ width: 3, height: 1, depth: 8, colour: 3 }, Uint8Array.of(0, 2, 1, 0)), [76, 255, 0]],
		[
			'palette, 2 bits',
			rawPng({ width: 3, height: 1, depth: 2, colour: 3 }, Uint8Array.of(0, 0b10010000)),
			[76, 255, 0],
		],
	])('reads a PNG: %s', (_, bytes, expected) => {
		expect([...readImage(bytes, 508).data]).toEqual(expected);
	});

	it.each<[string, string, number[]]>([
		['plain', 'P5\n2 2\n255\n\x00\x64\xc8\xff', [0, 100, 200, 255]],
		['with comments', 'P5# made by hand\n# twice\n2 # wide\n2\n255\n\x00\x64\xc8\xff', [0, 100, 200, 255]],
		['whose first pixel is a whitespace byte', 'P5 2 1 255\n\n ', [10, 32]],
		['with maxval 15', 'P5 3 1 15 \x00\x05\x0f', [0, 85, 255]],
		['with 16 bits', 'P5 2 1 65535 \x64\x64\xff\xff', [100, 255]],
		['with extra bytes', 'P5 1 1 255 \x07more', [7]],
	])('reads a PGM %s', (_, text, expected) => {
		expect([...readImage(latin1(text), 500).data]).toEqual(expected);
	});

	it('returns size and resolution', () => {
		expect(readImage(latin1('P5 3 2 255 abcdef'), 512)).toMatchObject({ width: 3, height: 2, dpi: 512 });
		expect(readImage(png(3, 8, 1, 1, 2, 3, 4, 5, 6), 500)).toMatchObject({ width: 3, height: 2, dpi: 500 });
	});

	it.each<[string, Uint8Array, string]>([
		['an empty file', new Uint8Array(), 'neither a PNG nor a binary PGM'],
		['another format', latin1('GIF89a'), 'neither a PNG nor a binary PGM'],
		['an ASCII PGM', latin1('P2 1 1 255 0'), 'neither a PNG nor a binary PGM'],
		['a PGM without numbers', latin1('P5 two 2 255 abcd'), 'header is malformed'],
		['a truncated PGM', latin1('P5 2 2 255 abc'), 'last 1 bytes are missing'],
		['a PGM with maxval 0', latin1('P5 1 1 0 a'), 'maxval 0 is not 1..65535'],
		['a PGM with width 0', latin1('P5 0 1 255 a'), 'each side must be 1..4096'],
		['a PGM that is too large', latin1('P5 5000 1 255 a'), 'each side must be 1..4096'],
		[
			'a PNG that is too large',
			rawPng({ width: 4097, height: 1, depth: 8, colour: 0 }, Uint8Array.of(0)),
			'each side must be 1..4096',
		],
		['a truncated PNG', png(2, 8, 1, 1, 2, 3, 4).subarray(0, -20), 'ends too early'],
		[
			'a PNG with rows missing',
			rawPng({ width: 2, height: 2, depth: 8, colour: 0 }, Uint8Array.of(0, 1, 2)),
			'pixels are missing',
		],
		[
			'a PNG with an unknown colour type',
			rawPng({ width: 1, height: 1, depth: 8, colour: 5 }, Uint8Array.of(0, 1)),
			'does not exist',
		],
		[
			'a PNG with an unknown depth',
			rawPng({ width: 1, height: 1, depth: 9, colour: 0 }, Uint8Array.of(0, 1, 2)),
			'damaged',
		],
		[
			'a PNG that unpacks to far more than its size',
			rawPng({ width: 2, height: 2, depth: 8, colour: 0 }, new Uint8Array(5_000_000)),
			'damaged',
		],
	])('refuses %s', (_, bytes, fault) => {
		expect(() => readImage(bytes, 500)).toThrow(
			expect.objectContaining({ error: 'INVALID_MESSAGE', message: expect.stringContaining(fault) }),
		);
	});

	it('reads any bytes or refuses them with INVALID_MESSAGE', () => {
		const good = [png(9, 8, 1, ...Array(81).fill(7)), png(9, 16, 4, ...Array(324).fill(7)), latin1('P5 2 2 255 abcd')];
		const damaged = fc.tuple(
			fc.constantFrom(...good),
			fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }),
			fc.nat(300),
		);
		const bytes = damaged.map(([file, changes, end]) => {
			const copy = Uint8Array.from(file);
			for (const [at, value] of changes) copy[at % copy.length] = value;
			return copy.subarray(0, end);
		});
		fc.assert(
			fc.property(fc.oneof(bytes, fc.uint8Array({ maxLength: 64 })), (input) => {
				try {
					const { width, height, data } = readImage(input, 500);
					expect(data).toHaveLength(width * height);
				} catch (error) {
					expect(error).toBeInstanceOf(ServiceError);
					expect(error).toMatchObject({ error: 'INVALID_MESSAGE' });
				}
			}),
			{ numRuns: 2000 },
		);
	});
});
