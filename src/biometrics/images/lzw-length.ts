/** Codes of TIFF's LZW: literals below, then these two, then the strings that the decoder collects. */
const CLEAR = 256;
const END = 257;
const FIRST_STRING = 258;
const MIN_CODE_BITS = 9;
const MAX_CODE_BITS = 12;

/**
 * Returns the number of bytes to which LZW data unpack, counted without unpacking them; one byte can stand for 1400. Stops as soon
 * as the count exceeds `limit`.
 *
 * @see TIFF revision 6.0, section 13
 */
export function lzwLength(bytes: Uint8Array, limit: number): number {
	const lengths = new Uint16Array(2 ** MAX_CODE_BITS + 1).fill(1, 0, CLEAR);
	let next = FIRST_STRING;
	let codeBits = MIN_CODE_BITS;
	/** Length of the previous string; 0 after a clear code. */
	let previous = 0;
	let length = 0;
	for (let bit = 0; bit + codeBits <= 8 * bytes.length && length <= limit; ) {
		const code = readCode(bytes, bit, codeBits);
		bit += codeBits;
		if (code === END) break;
		if (code === CLEAR) {
			[next, codeBits, previous] = [FIRST_STRING, MIN_CODE_BITS, 0];
			continue;
		}
		const current = code < next ? lengths[code]! : previous + 1;
		if (previous > 0 && next < lengths.length) lengths[next++] = previous + 1;
		// The encoder changes to longer codes one code early.
		if (next + 1 >= 2 ** codeBits && codeBits < MAX_CODE_BITS) codeBits++;
		length += current;
		previous = current;
	}
	return length;
}

/** Returns `count` bits, 9..12, the most significant first. */
function readCode(bytes: Uint8Array, bit: number, count: number): number {
	const at = bit >> 3;
	const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
	return (three >> (24 - (bit & 7) - count)) & (2 ** count - 1);
}
