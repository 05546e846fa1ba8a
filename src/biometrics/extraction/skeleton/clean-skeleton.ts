import type { Skeleton } from './skeleton.ts';

/** Working pixels. A side branch shorter than this is a bulge of the ridge, not a branch. */
const MAX_SPUR = 12;
/** A line shorter than this is a pore, a speck or dust. */
const MAX_ISLAND = 16;
/** Ends closer than this that point at each other are one ridge, broken by a crease or a pore. */
const MAX_GAP = 10;
/** Cosine of how far such ends may be out of line. */
const MIN_ALIGNMENT = 0.8;
/** Working pixels from an end over which its direction is taken. */
const RUN = 10;

/**
 * Take out what thinning makes of noise (the rules of Xiao and Raafat 1991 and of Ratha, Chen, Jain 1995): broken lines
 * are joined, spurs and islands erased. The skeleton is changed in place. Bridges between ridges need no rule: they have
 * no end, and only ends become minutiae.
 */
export function cleanSkeleton(skeleton: Skeleton): void {
	eraseShort(skeleton, MAX_SPUR / 2, MAX_ISLAND / 4);
	joinGaps(skeleton);
	eraseShort(skeleton, MAX_SPUR, MAX_ISLAND);
}

function eraseShort(skeleton: Skeleton, maxSpur: number, maxIsland: number): void {
	for (const ending of skeleton.endings()) {
		const path = skeleton.walk(ending, Math.max(maxSpur, maxIsland));
		const last = skeleton.crossingNumber(path.at(-1)!);
		if (last > 2 && path.length < maxSpur) skeleton.erase(path.slice(0, -1));
		if (last < 2 && path.length < maxIsland) skeleton.erase(path);
	}
}

interface LineEnd {
	readonly pixel: number;
	readonly x: number;
	readonly y: number;
	/** Unit vector out of the line, on along its course. */
	readonly outX: number;
	readonly outY: number;
}

interface Gap {
	readonly a: LineEnd;
	readonly b: LineEnd;
	readonly length: number;
}

function joinGaps(skeleton: Skeleton): void {
	const ends = skeleton.endings().map((ending) => measureEnd(skeleton, ending));
	const joined = new Set<number>();
	for (const { a, b } of findGaps(ends).sort((first, second) => first.length - second.length)) {
		if (joined.has(a.pixel) || joined.has(b.pixel)) continue;
		skeleton.draw(a.pixel, b.pixel);
		joined.add(a.pixel).add(b.pixel);
	}
}

function findGaps(ends: readonly LineEnd[]): Gap[] {
	const gaps: Gap[] = [];
	for (const [i, a] of ends.entries()) {
		// Endings come row by row: those after the first that lies too far below do as well.
		for (let j = i + 1; j < ends.length && ends[j]!.y - a.y <= MAX_GAP; j++) {
			const gap = findGap(a, ends[j]!);
			if (gap !== undefined) gaps.push(gap);
		}
	}
	return gaps;
}

function measureEnd(skeleton: Skeleton, pixel: number): LineEnd {
	const inner = skeleton.walk(pixel, RUN).at(-1)!;
	const x = pixel % skeleton.width;
	const y = Math.floor(pixel / skeleton.width);
	const dx = x - (inner % skeleton.width);
	const dy = y - Math.floor(inner / skeleton.width);
	const length = Math.max(Math.hypot(dx, dy), 1);
	return { pixel, x, y, outX: dx / length, outY: dy / length };
}

/** The gap between two ends, if they are near and both point across it. */
function findGap(a: LineEnd, b: LineEnd): Gap | undefined {
	const dx = b.x - a.x;
	const dy = b.y - a.y;
	const length = Math.hypot(dx, dy);
	if (length > MAX_GAP) return undefined;
	const isInLine = Math.min(a.outX * dx + a.outY * dy, -b.outX * dx - b.outY * dy) >= MIN_ALIGNMENT * length;
	return isInLine ? { a, b, length } : undefined;
}
