import type { Bitmap } from '../images/float-image.ts';

/** Creates a bitmap from rows of text, `#` = set, and adds the empty border that thinning and walking require. */
export function bitmapOf(...rows: readonly string[]): Bitmap {
	const width = rows[0]!.length + 2;
	const text = ['.'.repeat(width), ...rows.map((row) => `.${row}.`), '.'.repeat(width)].join('');
	return { width, height: rows.length + 2, data: Uint8Array.from(text, (pixel) => (pixel === '#' ? 1 : 0)) };
}

/** Returns the rows of text from which `bitmapOf` creates this bitmap. */
export function rowsOf({ width, height, data }: Bitmap): string[] {
	const text = Array.from(data, (pixel) => (pixel === 1 ? '#' : '.')).join('');
	return Array.from({ length: height - 2 }, (_, row) => text.slice((row + 1) * width + 1, (row + 2) * width - 1));
}
