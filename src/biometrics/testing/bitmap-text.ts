import { createPackedBitmap, type PackedBitmap, WORD } from '../extraction/skeleton/packed-bitmap.ts';

/** Creates a bitmap from rows of text, `#` = set, and adds the empty border that thinning and walking require. */
export function bitmapOf(...rows: readonly string[]): PackedBitmap {
	const bitmap = createPackedBitmap(rows[0]!.length + 2, rows.length + 2);
	for (const [y, row] of rows.entries()) {
		for (const [x, pixel] of [...row].entries()) if (pixel === '#') bitmap.words[wordAt(bitmap, x, y)]! |= 1 << (x + 1);
	}
	return bitmap;
}

/** Returns the rows of text from which `bitmapOf` creates this bitmap. */
export function rowsOf(bitmap: PackedBitmap): string[] {
	const isSet = (x: number, y: number) => (bitmap.words[wordAt(bitmap, x, y)]! >> (x + 1)) & 1;
	return Array.from({ length: bitmap.height - 2 }, (_, y) =>
		Array.from({ length: bitmap.width - 2 }, (_, x) => (isSet(x, y) === 1 ? '#' : '.')).join(''),
	);
}

/** Returns the index of the word of a pixel. @param x column without the border @param y row without the border */
function wordAt({ stride }: PackedBitmap, x: number, y: number): number {
	return (y + 1) * stride + Math.floor((x + 1) / WORD);
}
