import { inflateSync } from 'node:zlib';
import { checkImageSize, unusableImage } from './image-limits.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Bytes of the length, type and checksum around the data of a chunk. */
const CHUNK_OVERHEAD = 12;
const HEADER_BYTES = 13;
/** Samples per pixel by colour type: grey, -, RGB, palette, grey and alpha, -, RGB and alpha. */
const CHANNELS = [1, undefined, 3, 1, 2, undefined, 4];

/** Returns whether the bytes have the signature of a PNG. */
export function isPng(bytes: Uint8Array): boolean {
	return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * Reduces a PNG to the chunks that define its pixels (IHDR, PLTE, IDAT, IEND) and checks that it unpacks to the size in its
 * header, so that a decoder can safely read untrusted bytes.
 *
 * @throws ServiceError INVALID_MESSAGE if chunks or pixels are missing, or if it is larger than allowed
 * @see PNG specification, third edition, "Chunk layout" and "IHDR"
 */
export function stripPng(bytes: Uint8Array): Uint8Array {
	const chunks = readPngChunks(bytes);
	const headers = chunks.filter(({ type }) => type === 'IHDR');
	if (headers.length !== 1 || chunks[0]?.type !== 'IHDR') throw unusableImage('the PNG has no single header');
	checkPixels(headers[0]!.data, chunks);
	const kept = chunks.filter(({ type }) => ['IHDR', 'PLTE', 'IDAT', 'IEND'].includes(type));
	return Buffer.concat([SIGNATURE, ...kept.map(({ whole }) => whole)]);
}

/** A chunk of a PNG. */
export interface PngChunk {
	readonly type: string;
	readonly data: Uint8Array;
	/** The chunk with its length, type and checksum. */
	readonly whole: Uint8Array;
}

/** Returns the chunks up to IEND. @throws ServiceError INVALID_MESSAGE if one is cut short */
export function readPngChunks(bytes: Uint8Array): PngChunk[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const chunks: PngChunk[] = [];
	let at = SIGNATURE.length;
	while (chunks.at(-1)?.type !== 'IEND') {
		if (at + CHUNK_OVERHEAD > bytes.length) throw unusableImage('the PNG ends too early');
		const length = view.getUint32(at);
		const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
		const end = at + CHUNK_OVERHEAD + length;
		if (end > bytes.length) throw unusableImage('the PNG ends too early');
		chunks.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) });
		at = end;
	}
	return chunks;
}

function checkPixels(header: Uint8Array, chunks: readonly PngChunk[]): void {
	if (header.length !== HEADER_BYTES) throw unusableImage('the PNG header is malformed');
	const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
	const width = view.getUint32(0);
	const height = view.getUint32(4);
	checkImageSize(width, height);
	const channels = CHANNELS[header[9]!];
	if (channels === undefined) throw unusableImage(`the PNG has colour type ${header[9]}, which does not exist`);
	const isInterlaced = header[12] !== 0;
	const rowBytes = Math.ceil((width * channels * header[8]!) / 8);
	const size = height * (1 + rowBytes);
	const unpacked = inflate(chunks, isInterlaced ? 2 * size + 64 : size);
	if (unpacked < (isInterlaced ? height * rowBytes : size)) throw unusableImage('pixels are missing from the PNG');
}

/** Returns the number of bytes after unpacking. */
function inflate(chunks: readonly PngChunk[], maxOutputLength: number): number {
	const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
	try {
		return inflateSync(packed, { maxOutputLength }).length;
	} catch (cause) {
		throw unusableImage('the pixels of the PNG are damaged', cause);
	}
}
