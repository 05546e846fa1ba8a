import { createPackedBitmap, type PackedBitmap } from './packed-bitmap.ts';
import { Skeleton } from './skeleton.ts';

/**
 * Thins lines to a width of one pixel and preserves their ends and connections (Guo and Hall 1989).
 *
 * @param lines their outermost rows and columns must be empty
 */
export function thin(lines: PackedBitmap): Skeleton {
	const results = [
		createPackedBitmap(lines.width, lines.height),
		createPackedBitmap(lines.width, lines.height),
	] as const;
	let source = lines;
	for (let unchanged = 0, half: 0 | 1 = 0; unchanged < 2; half = half === 0 ? 1 : 0) {
		unchanged = removeBorder(source, results[half], half) ? 0 : unchanged + 1;
		source = results[half];
	}
	const skeleton = new Skeleton(source);
	skeleton.removeCorners();
	return skeleton;
}

/**
 * Removes the border pixels of one subiteration of algorithm A1, as if in parallel: 32 pixels at once, one per bit.
 *
 * @param half which subiteration
 * @returns whether any pixel was removed
 * @see Z. Guo, R. Hall, "Parallel thinning with two-subiteration algorithms", Communications of the ACM 32(3), 1989
 */
function removeBorder({ height, stride, words }: PackedBitmap, target: PackedBitmap, half: 0 | 1): boolean {
	let anyRemoved = 0;
	for (let y = 1; y < height - 1; y++) {
		const row = y * stride;
		// The three words to the left; the leftmost pixel of a row is empty, and needs no neighbours there.
		let leftAbove = 0;
		let left = 0;
		let leftBelow = 0;
		let above = words[row - stride]!;
		let middle = words[row]!;
		let below = words[row + stride]!;
		for (let i = row; i < row + stride; i++) {
			const rightAbove = words[i - stride + 1]!;
			const right = words[i + 1]!;
			const rightBelow = words[i + stride + 1]!;
			let removed = 0;
			if (middle !== 0) {
				// The eight neighbours of all pixels of this word, by compass direction.
				const n = above;
				const ne = (above >>> 1) | (rightAbove << 31);
				const e = (middle >>> 1) | (right << 31);
				const se = (below >>> 1) | (rightBelow << 31);
				const s = below;
				const sw = (below << 1) | (leftBelow >>> 31);
				const w = (middle << 1) | (left >>> 31);
				const nw = (above << 1) | (leftAbove >>> 31);
				const isProtected = half === 0 ? (n | ne | ~se) & e : (s | sw | ~nw) & w;
				removed =
					middle & ~isProtected & joinsOneLine(n, ne, e, se, s, sw, w, nw) & isOnBorder(n, ne, e, se, s, sw, w, nw);
			}
			target.words[i] = middle & ~removed;
			anyRemoved |= removed;
			leftAbove = above;
			left = middle;
			leftBelow = below;
			above = rightAbove;
			middle = right;
			below = rightBelow;
		}
	}
	return anyRemoved !== 0;
}

/** Returns 1 for the pixels at which exactly one line ends or passes by (Hilditch 1969): their removal breaks nothing. */
function joinsOneLine(
	n: number,
	ne: number,
	e: number,
	se: number,
	s: number,
	sw: number,
	w: number,
	nw: number,
): number {
	const north = ~n & (ne | e);
	const east = ~e & (se | s);
	const south = ~s & (sw | w);
	const west = ~w & (nw | n);
	// One or three of the four are set where their number is odd, and at three, both of one pair are.
	return (north ^ east ^ south ^ west) & ~(north & east) & ~(south & west);
}

/** Returns 1 for the pixels with 2 or 3 neighbours, which are counted in pairs in both ways; the lower count applies. */
function isOnBorder(
	n: number,
	ne: number,
	e: number,
	se: number,
	s: number,
	sw: number,
	w: number,
	nw: number,
): number {
	const atLeastTwo = areTwoSet(nw | n, ne | e, se | s, sw | w) & areTwoSet(n | ne, e | se, s | sw, w | nw);
	const areAllSet = (nw | n) & (ne | e) & (se | s) & (sw | w) & (n | ne) & (e | se) & (s | sw) & (w | nw);
	return atLeastTwo & ~areAllSet;
}

function areTwoSet(a: number, b: number, c: number, d: number): number {
	return (a & b) | (c & d) | ((a | b) & (c | d));
}
