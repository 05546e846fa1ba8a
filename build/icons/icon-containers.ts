/** A square PNG with its edge in pixels. */
export interface SizedPng {
	readonly size: number;
	readonly png: Uint8Array;
}

/**
 * A Windows icon with PNG pictures of 16 to 256 pixels, as Windows Vista and later read it:
 *
 * | bytes | what |
 * | --- | --- |
 * | 6 | 0, type 1, number of pictures (16 bit, little-endian) |
 * | 16 for each picture | width, height (0 = 256), colours 0, 0, planes 1, bits 32, length, offset |
 * | | the pictures |
 */
export function encodeIco(pictures: readonly SizedPng[]): Buffer {
	const head = Buffer.alloc(6 + 16 * pictures.length);
	head.writeUInt16LE(1, 2);
	head.writeUInt16LE(pictures.length, 4);
	let offset = head.length;
	for (const [index, { size, png }] of pictures.entries()) {
		const entry = head.subarray(6 + 16 * index);
		entry.set([size % 256, size % 256]);
		entry.writeUInt16LE(1, 4);
		entry.writeUInt16LE(32, 6);
		entry.writeUInt32LE(png.length, 8);
		entry.writeUInt32LE(offset, 12);
		offset += png.length;
	}
	return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** Which types of an ICNS hold a PNG of this size: for plain displays, for displays of double density. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
	// The types for 16 and 32 pixels on plain displays are left out: some versions of macOS show their PNG distorted.
	32: ['ic11'],
	64: ['ic12'],
	128: ['ic07'],
	256: ['ic08', 'ic13'],
	512: ['ic09', 'ic14'],
	1024: ['ic10'],
};

/** The sizes that `encodeIcns` takes, in pixels. */
export const ICNS_SIZES: readonly number[] = Object.keys(ICNS_TYPES).map(Number);

/**
 * A macOS icon: `icns` and its length, then type, length and PNG of each picture; lengths are of 32 bit, big-endian,
 * and count their own 8 bytes.
 *
 * @throws RangeError for a size that an ICNS has no type for
 */
export function encodeIcns(pictures: readonly SizedPng[]): Buffer {
	const chunks = pictures.flatMap(({ size, png }) => {
		const types = ICNS_TYPES[size];
		if (types === undefined) throw new RangeError(`an ICNS has no type for ${size} pixels`);
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
