/*
 * The eight neighbours of a pixel as a byte, and tables indexed by that byte. The bits are numbered clockwise from the pixel
 * above:
 *
 *     7 0 1
 *     6 . 2
 *     5 4 3
 */

/** Returns the index offsets of the eight neighbours, in the order of the bits. */
export function neighbourOffsets(width: number): Int32Array {
	return Int32Array.of(-width, 1 - width, 1, width + 1, width, width - 1, -1, -width - 1);
}

/** Half the number of changes around the pixel: 1 at the end of a line, 2 along it, 3 or more where lines meet. */
export const CROSSING_NUMBER = tabulate((bits) => {
	let rises = 0;
	for (let i = 0; i < 8; i++) if (!isSet(bits, i) && isSet(bits, i + 1)) rises++;
	return rises;
});

/** Whether a pixel can be removed without breaking or shortening a line: the corners that thinning leaves; 1 = can. */
export const IS_CORNER = tabulate((bits) =>
	countConnectedLines(bits) === 1 && count([0, 1, 2, 3, 4, 5, 6, 7], (i) => isSet(bits, i)) > 1 ? 1 : 0,
);

/** Returns how many separate lines of 8-connected pixels meet at the pixel (Hilditch 1969). */
function countConnectedLines(bits: number): number {
	return count([0, 2, 4, 6], (i) => !isSet(bits, i) && (isSet(bits, i + 1) || isSet(bits, i + 2)));
}

function isSet(bits: number, index: number): boolean {
	return ((bits >> (index & 7)) & 1) === 1;
}

function count(indices: readonly number[], holds: (index: number) => boolean): number {
	return indices.filter(holds).length;
}

function tabulate(entry: (bits: number) => number): Uint8Array {
	return Uint8Array.from({ length: 256 }, (_, bits) => entry(bits));
}
