/** A square PNG. */
export interface SizedPng {
	/** Width and height in pixels. */
	readonly size: number;
	readonly png: Uint8Array;
}

/**
 * Encodes a Windows icon (ICO) from PNG images of 16 to 256 pixels, which Windows Vista and later can read:
 *
 * | bytes | content |
 * | --- | --- |
 * | 6 | 0, type 1, number of images (16 bits each, little-endian) |
 * | 16 per image | width, height (0 = 256), colours 0, 0, planes 1, bits 32, length, offset |
 * | | the images |
 */
export function encodeIco(images: readonly SizedPng[]): Buffer {
	const head = Buffer.alloc(6 + 16 * images.length);
	head.writeUInt16LE(1, 2);
	head.writeUInt16LE(images.length, 4);
	let offset = head.length;
	for (const [index, { size, png }] of images.entries()) {
		const entry = head.subarray(6 + 16 * index);
		entry.set([size % 256, size % 256]);
		entry.writeUInt16LE(1, 4);
		entry.writeUInt16LE(32, 6);
		entry.writeUInt32LE(png.length, 8);
		entry.writeUInt32LE(offset, 12);
		offset += png.length;
	}
	return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** The ICNS chunk types that hold a PNG of a size: for displays of normal density, then of double density. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
	// The types for 16 and 32 pixels at normal density are left out: some versions of macOS show their PNG distorted.
	32: ['ic11'],
	64: ['ic12'],
	128: ['ic07'],
	256: ['ic08', 'ic13'],
	512: ['ic09', 'ic14'],
	1024: ['ic10'],
};

/** The sizes that `encodeIcns` supports, in pixels. */
export const ICNS_SIZES: readonly number[] = Object.keys(ICNS_TYPES).map(Number);

/**
 * Encodes a macOS icon (ICNS): `icns` and the total length, then type, length and PNG of each image. Lengths are 32-bit
 * big-endian and include the 8 bytes of type and length.
 *
 * @throws RangeError for a size that ICNS does not support
 */
export function encodeIcns(images: readonly SizedPng[]): Buffer {
	const chunks = images.flatMap(({ size, png }) => {
		const types = ICNS_TYPES[size];
		if (types === undefined) throw new RangeError(`ICNS does not support ${size} pixels`);
		return types.map((type) => icnsChunk(type, png));
	});
	return icnsChunk('icns', Buffer.concat(chunks));
}

function icnsChunk(type: string, content: Uint8Array): Buffer {
	const head = Buffer.alloc(8);
	head.write(type, 'latin1');
	head.writeUInt32BE(8 + content.length, 4);
	return Buffer.concat([head, content]);
}
