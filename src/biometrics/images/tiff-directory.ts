import { unusableImage } from './image-limits.ts';

/** The tags that are read; the values are those of the specification. */
export const TIFF_TAG = {
	width: 256,
	height: 257,
	bitsPerSample: 258,
	compression: 259,
	colours: 262,
	fillOrder: 266,
	stripOffsets: 273,
	orientation: 274,
	samplesPerPixel: 277,
	rowsPerStrip: 278,
	stripByteCounts: 279,
	xResolution: 282,
	yResolution: 283,
	planes: 284,
	resolutionUnit: 296,
	predictor: 317,
	palette: 320,
	tileWidth: 322,
	extraSamples: 338,
	sampleFormat: 339,
} as const;

/** The values of each tag in the first directory of a TIFF, which describes its first page. */
export type TiffDirectory = ReadonlyMap<number, readonly number[]>;

const KNOWN: readonly number[] = Object.values(TIFF_TAG);
const ENTRY_BYTES = 12;
/** Bytes per value by type: BYTE, SHORT, LONG, RATIONAL. */
const TYPE_BYTES = new Map([
	[1, 1],
	[3, 2],
	[4, 4],
	[5, 8],
]);
/** Longest list of values: one strip per row. */
const MAX_VALUES = 4096;

/** Returns whether the bytes have the signature of a TIFF. */
export function isTiff(bytes: Uint8Array): boolean {
	const text = String.fromCharCode(...bytes.subarray(0, 4));
	return text === 'II*\0' || text === 'MM\0*';
}

/** Reads the first directory. @throws ServiceError INVALID_MESSAGE if it is malformed or cut short */
export function readTiffDirectory(bytes: Uint8Array): TiffDirectory {
	try {
		return readEntries(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), isLittleEndian(bytes));
	} catch (cause) {
		if (cause instanceof RangeError) throw unusableImage('the TIFF ends too early', cause);
		throw cause;
	}
}

/**
 * Returns the file with a directory that has only the given tags, so that a decoder does not read other pages, previews and
 * metadata. The pixels stay where they are.
 */
export function replaceTiffDirectory(bytes: Uint8Array, directory: TiffDirectory): Uint8Array {
	const little = isLittleEndian(bytes);
	const start = bytes.length + (bytes.length % 2);
	const entries = [...directory].toSorted(([a], [b]) => a - b);
	const listsStart = start + 2 + entries.length * ENTRY_BYTES + 4;
	const lists = entries.reduce((sum, [, values]) => sum + (values.length > 1 ? 4 * values.length : 0), 0);
	const result = new Uint8Array(listsStart + lists);
	result.set(bytes);
	const view = new DataView(result.buffer);
	view.setUint32(4, start, little);
	view.setUint16(start, entries.length, little);
	let list = listsStart;
	entries.forEach(([tag, values], i) => {
		const at = start + 2 + i * ENTRY_BYTES;
		view.setUint16(at, tag, little);
		view.setUint16(at + 2, 4, little);
		view.setUint32(at + 4, values.length, little);
		if (values.length === 1) {
			view.setUint32(at + 8, values[0]!, little);
			return;
		}
		view.setUint32(at + 8, list, little);
		for (const value of values) {
			view.setUint32(list, value, little);
			list += 4;
		}
	});
	return result;
}

function isLittleEndian(bytes: Uint8Array): boolean {
	return bytes[0] === 0x49;
}

/** @throws RangeError if an entry or its values lie outside the file */
function readEntries(view: DataView, little: boolean): Map<number, number[]> {
	const start = view.getUint32(4, little);
	const count = view.getUint16(start, little);
	const directory = new Map<number, number[]>();
	for (let at = start + 2; at < start + 2 + count * ENTRY_BYTES; at += ENTRY_BYTES) {
		const tag = view.getUint16(at, little);
		if (KNOWN.includes(tag)) directory.set(tag, readValues(view, at, little));
	}
	return directory;
}

function readValues(view: DataView, entry: number, little: boolean): number[] {
	const type = view.getUint16(entry + 2, little);
	const count = view.getUint32(entry + 4, little);
	const bytes = TYPE_BYTES.get(type);
	if (bytes === undefined || count < 1 || count > MAX_VALUES) throw unusableImage('a field of the TIFF is malformed');
	const start = bytes * count <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
	return Array.from({ length: count }, (_, i) => readValue(view, start + i * bytes, { type, little }));
}

function readValue(view: DataView, at: number, { type, little }: { type: number; little: boolean }): number {
	if (type === 1) return view.getUint8(at);
	if (type === 3) return view.getUint16(at, little);
	if (type === 4) return view.getUint32(at, little);
	return view.getUint32(at, little) / view.getUint32(at + 4, little);
}
