import { checkImageSize, unusableImage } from './image-limits.ts';

/** Second bytes of markers; the first is 0xff. */
const MARKER = { huffmanTables: 0xc4, restart: 0xd0, start: 0xd8, end: 0xd9, scan: 0xda, adobe: 0xee } as const;
/** Frames that are decoded: baseline, extended sequential and progressive. */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2];
/** Markers of the segments that define the pixels: tables, frames, scans, the restart interval and Adobe's colour transform. */
const KEPT: readonly number[] = [...FRAMES, MARKER.huffmanTables, MARKER.scan, 0xdb, 0xdd, MARKER.adobe];
/** Bytes of a frame header before the list of its components, and bytes of each of these. */
const FRAME_HEADER = 6;
const COMPONENT_BYTES = 3;
/** Progressive files have about 10 scans; each is decoded over the whole image. */
const MAX_SCANS = 100;

/** A segment of a JPEG. */
export interface JpegSegment {
	/** Second byte of the marker. */
	readonly marker: number;
	/** Parameters, after the length. */
	readonly data: Uint8Array;
	/** Marker, length, parameters and, of a scan, the compressed pixels. */
	readonly whole: Uint8Array;
}

/** Returns whether the bytes have the signature of a JPEG. */
export function isJpeg(bytes: Uint8Array): boolean {
	return bytes[0] === 0xff && bytes[1] === MARKER.start && bytes[2] === 0xff;
}

/**
 * Reduces a JPEG to the segments that define its pixels, and checks size, colours and completeness, so that a decoder can safely
 * read untrusted bytes.
 *
 * @throws ServiceError INVALID_MESSAGE if it is cut short, larger than allowed, or of a kind that is not decoded
 * @see ITU-T T.81, annex B
 */
export function stripJpeg(bytes: Uint8Array): { stripped: Uint8Array; isRgb: boolean } {
	const segments = readJpegSegments(bytes);
	const frames = segments.filter(({ marker }) => isFrame(marker));
	if (frames.length !== 1) throw unusableImage(`the JPEG has ${frames.length} frames instead of one`);
	const components = checkFrame(frames[0]!);
	const scans = segments.filter(({ marker }) => marker === MARKER.scan).length;
	if (scans < 1 || scans > MAX_SCANS) throw unusableImage(`the JPEG has ${scans} scans; 1..${MAX_SCANS} are allowed`);
	const kept = segments.filter(({ marker }) => KEPT.includes(marker));
	return {
		stripped: Buffer.concat([bytes.subarray(0, 2), ...kept.map(({ whole }) => whole), Buffer.of(0xff, MARKER.end)]),
		isRgb: String.fromCharCode(...components) === 'RGB' || findAdobeTransform(segments) === 0,
	};
}

/** Returns the segments between the start and the end of the image. @throws ServiceError INVALID_MESSAGE if one is cut short */
export function readJpegSegments(bytes: Uint8Array): JpegSegment[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const segments: JpegSegment[] = [];
	let at = 2;
	while (true) {
		// Any number of 0xff may precede a marker.
		while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
		if (bytes[at] === 0xff && bytes[at + 1] === MARKER.end) return segments;
		if (at + 4 > bytes.length) throw unusableImage('the JPEG ends too early');
		const marker = bytes[at + 1]!;
		const headerEnd = at + 2 + view.getUint16(at + 2);
		if (bytes[at] !== 0xff || headerEnd < at + 4) throw unusableImage('the JPEG is damaged');
		if (headerEnd > bytes.length) throw unusableImage('the JPEG ends too early');
		const end = marker === MARKER.scan ? findMarker(bytes, headerEnd) : headerEnd;
		segments.push({ marker, data: bytes.subarray(at + 4, headerEnd), whole: bytes.subarray(at, end) });
		at = end;
	}
}

/** Returns the index of the next marker that ends the compressed pixels, or the length of the file. */
function findMarker(bytes: Uint8Array, start: number): number {
	let at = bytes.indexOf(0xff, start);
	while (at >= 0) {
		const next = bytes[at + 1]!;
		const isPixelData = next === 0 || (next >= MARKER.restart && next < MARKER.start);
		if (!isPixelData) return at;
		at = bytes.indexOf(0xff, at + 1);
	}
	return bytes.length;
}

/** Markers 0xc0..0xcf are frames, except three: Huffman tables, a reserved one and arithmetic tables. */
function isFrame(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && marker !== MARKER.huffmanTables && marker !== 0xc8 && marker !== 0xcc;
}

/** Returns the identifiers of the components. */
function checkFrame({ marker, data }: JpegSegment): number[] {
	if (!FRAMES.includes(marker)) {
		throw unusableImage('the JPEG is lossless, hierarchical or arithmetic-coded: save it as a baseline JPEG or as PNG');
	}
	if (data.length < FRAME_HEADER) throw unusableImage('the JPEG is damaged');
	const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
	const [precision, count] = [data[0]!, data[5]!];
	checkImageSize(view.getUint16(3), view.getUint16(1));
	if (precision !== 8) throw unusableImage(`the JPEG has ${precision} bits per sample: save it with 8, or as PNG`);
	if (count === 4) throw unusableImage('the JPEG has CMYK colours: save it in grey or RGB');
	if (count !== 1 && count !== 3)
		throw unusableImage(`the JPEG has ${count} colour components: save it in grey or RGB`);
	if (data.length !== FRAME_HEADER + count * COMPONENT_BYTES) throw unusableImage('the JPEG is damaged');
	const starts = Array.from({ length: count }, (_, i) => FRAME_HEADER + i * COMPONENT_BYTES);
	for (const start of starts) {
		const [horizontal, vertical] = [data[start + 1]! >> 4, data[start + 1]! & 15];
		const isAllowed = [horizontal, vertical].every((factor) => factor >= 1 && factor <= 4);
		if (!isAllowed) throw unusableImage('the JPEG is damaged');
	}
	return starts.map((start) => data[start]!);
}

/** Returns 0 for RGB, 1 for YCbCr, or undefined if the file does not state it. */
function findAdobeTransform(segments: readonly JpegSegment[]): number | undefined {
	const adobe = segments.find(({ marker, data }) => marker === MARKER.adobe && hasText(data, 'Adobe'));
	return adobe?.data[11];
}

/** Returns whether the data begin with a Latin-1 text. */
export function hasText(data: Uint8Array, text: string): boolean {
	return [...text].every((character, i) => data[i] === character.charCodeAt(0));
}
