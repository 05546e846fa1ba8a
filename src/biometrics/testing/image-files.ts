import { deflateSync } from 'node:zlib';
import { TIFF_TAG } from '../images/tiff-directory.ts';

interface BmpOptions {
	readonly width: number;
	/** Negative for rows from top to bottom. */
	readonly height: number;
	readonly bits: number;
	/** Bytes of all rows in the order of the file, each padded to 4 bytes. */
	readonly pixels: Uint8Array;
	/** Blue, green, red and 0 of each colour. */
	readonly palette?: readonly number[];
	readonly compression?: number;
	/** Of both axes. */
	readonly pixelsPerMetre?: readonly [number, number];
}

/** Builds a BMP with a header of 40 bytes. */
export function bmpFile(options: BmpOptions): Buffer {
	const { width, height, bits, pixels, palette = [], compression = 0, pixelsPerMetre = [0, 0] } = options;
	const header = Buffer.alloc(54);
	header.write('BM');
	header.writeUInt32LE(54 + palette.length, 10);
	header.writeUInt32LE(40, 14);
	header.writeInt32LE(width, 18);
	header.writeInt32LE(height, 22);
	header.writeUInt16LE(1, 26);
	header.writeUInt16LE(bits, 28);
	header.writeUInt32LE(compression, 30);
	header.writeInt32LE(pixelsPerMetre[0], 38);
	header.writeInt32LE(pixelsPerMetre[1], 42);
	return Buffer.concat([header, Uint8Array.from(palette), pixels]);
}

/** The tags that a test changes; SHORT unless a value needs more, RATIONAL with the denominator 1 for a resolution. */
export type TiffTags = Partial<Record<keyof typeof TIFF_TAG, readonly number[]>>;

/** Builds a TIFF of grey pixels in strips; `undefined` as value removes a tag. */
export function tiffFile(
	width: number,
	height: number,
	strips: readonly Uint8Array[],
	tags: { readonly [name in keyof TiffTags]: TiffTags[name] | undefined } = {},
	little = true,
): Buffer {
	const data = Buffer.concat(strips);
	const offsets = strips.map((_, i) => strips.slice(0, i).reduce((sum, strip) => sum + strip.length, 8));
	const values = {
		...{ width: [width], height: [height], bitsPerSample: [8], compression: [1], colours: [1] },
		...{ stripOffsets: offsets, samplesPerPixel: [1], rowsPerStrip: [Math.ceil(height / strips.length)] },
		...{ stripByteCounts: strips.map(({ length }) => length), ...tags },
	};
	const entries = Object.entries(values)
		.flatMap(([name, list]) => (list ? [[TIFF_TAG[name as keyof typeof TIFF_TAG], list] as const] : []))
		.toSorted(([a], [b]) => a - b);
	return Buffer.concat([tiffHeader(8 + data.length, little), data, tiffEntries(entries, 8 + data.length, little)]);
}

function tiffHeader(directory: number, little: boolean): Buffer {
	const header = Buffer.alloc(8);
	header.write(little ? 'II' : 'MM');
	writeShort(header, 42, 2, little);
	writeLong(header, directory, 4, little);
	return header;
}

function tiffEntries(
	entries: readonly (readonly [number, readonly number[]])[],
	start: number,
	little: boolean,
): Buffer {
	const table = Buffer.alloc(2 + 12 * entries.length + 4);
	writeShort(table, entries.length, 0, little);
	const lists: Buffer[] = [];
	let listAt = start + table.length;
	entries.forEach(([tag, values], i) => {
		const isResolution = tag === TIFF_TAG.xResolution || tag === TIFF_TAG.yResolution;
		const at = 2 + 12 * i;
		writeShort(table, tag, at, little);
		writeShort(table, isResolution ? 5 : 4, at + 2, little);
		writeLong(table, values.length, at + 4, little);
		const list = Buffer.alloc(4 * values.length * (isResolution ? 2 : 1));
		values.forEach((value, k) => {
			writeLong(list, value, isResolution ? 8 * k : 4 * k, little);
			if (isResolution) writeLong(list, 1, 8 * k + 4, little);
		});
		if (list.length === 4) {
			list.copy(table, at + 8);
			return;
		}
		writeLong(table, listAt, at + 8, little);
		lists.push(list);
		listAt += list.length;
	});
	return Buffer.concat([table, ...lists]);
}

function writeShort(target: Buffer, value: number, at: number, little: boolean): void {
	if (little) target.writeUInt16LE(value, at);
	else target.writeUInt16BE(value, at);
}

function writeLong(target: Buffer, value: number, at: number, little: boolean): void {
	if (little) target.writeUInt32LE(value, at);
	else target.writeUInt32BE(value, at);
}

/** Packs codes of TIFF's LZW: 9 bits each, and more once a decoder has collected enough strings since the last clear code, 256. */
export function packLzwCodes(codes: readonly number[]): Buffer {
	let bits = '';
	let next = 257;
	for (const code of codes) {
		bits += code.toString(2).padStart(next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9, '0');
		next = code === 256 ? 257 : next + 1;
	}
	return Buffer.from(bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? []);
}

/** Builds a PNG from its header fields and its rows with their filter bytes. The checksums are 0, as `readImage` ignores them. */
export function rawPng(
	header: { width: number; height: number; depth: number; colour: number },
	rows: Uint8Array,
	...more: Buffer[]
): Buffer {
	const ihdr = Buffer.alloc(13);
	ihdr.writeUInt32BE(header.width, 0);
	ihdr.writeUInt32BE(header.height, 4);
	ihdr.writeUInt8(header.depth, 8);
	ihdr.writeUInt8(header.colour, 9);
	const palette = header.colour === 3 ? [pngChunk('PLTE', Uint8Array.of(0, 0, 0, 255, 255, 255, 255, 0, 0))] : [];
	return Buffer.concat([
		Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
		pngChunk('IHDR', ihdr),
		...palette,
		...more,
		pngChunk('IDAT', deflateSync(rows)),
		pngChunk('IEND', new Uint8Array()),
	]);
}

/** Builds a chunk with the checksum 0. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

/** A grey JPEG of 8 x 8 pixels in progressive form; each row is about 0, 50, 100, 150, 200, 250, 255, 128. */
export const PROGRESSIVE_JPEG = Buffer.from(
	'/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wgALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/aAAgBAQAAAAFL/8QAFRABAQAAAAAAAAAAAAAAAAAABzb/2gAIAQEAAQUCO5j/xAAYEAACAwAAAAAAAAAAAAAAAAAAAgR0sf/aAAgBAQAGPwKZXbD/xAAWEAADAAAAAAAAAAAAAAAAAAAAUfD/2gAIAQEAAT8hruf/2gAIAQEAAAAQf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAT8QeP/Z',
	'base64',
);

/** A JPEG with CMYK colours. */
export const CMYK_JPEG = Buffer.from(
	'/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwBQNzxGPDJQRkFGWlVQX3jIgnhubnj1r7mRyP///////////////////////////////////////////////////8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAQB/8QAGBABAAMBAAAAAAAAAAAAAAAAAAIEM3H/2gAOBEMATQBZAEsAAD8AaaatXGXH/9k=',
	'base64',
);

/** A TIFF of 48 x 16 pixels that libtiff packed with LZW; the grey level is 30 times the column divided by 6. */
export const LZW_TIFF = Buffer.from(
	'SUkqAMgAAACAACBQMPQWDDyEQktQuGHiHQ9LRGJLSKRVpReMQOCQaCwmFQyFw+IRKIxWLRiLxqBRyOx4eSCQyI8SSSyZaSiUyqWB6XS+YTKZzSbTecSoATuezAtUCaJahzhpUakS6lUyhTaoVKWUmfzKm0+izqt1SuyKv1iwxqpx6q16ryas2KOVyQVaSWCUVq52S62672i83KD3yG36J4CM4KW2yyyO/3C0xu94y+2a3yfA2qx5TC5bH5jE5rJx/K47D5CUQEAJAAABAwABAAAAMAAAAAEBAwABAAAAEAAAAAIBAwABAAAACAAAAAMBAwABAAAABQAAAAYBAwABAAAAAQAAABEBBAABAAAACAAAABYBAwABAAAAEAAAABcBBAABAAAAwAAAABwBAwABAAAAAQAAAAAAAAA=',
	'base64',
);
