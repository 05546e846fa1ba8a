import type { Skeleton } from './skeleton.ts';

/** A shorter side branch is a bulge of the ridge, working pixels. */
const MAX_SPUR = 12;
/** A shorter separate line is a pore, a speck or dust, working pixels. */
const MAX_ISLAND = 16;
/** Closer ends that point at each other belong to one ridge that is broken by a crease or a pore, working pixels. */
const MAX_GAP = 10;
/** Cosine of the largest angle between such ends and the gap. */
const MIN_ALIGNMENT = 0.8;
/** Length over which the direction of an end is measured, working pixels. */
const DIRECTION_LENGTH = 10;

/**
 * Removes the artefacts of noise from a skeleton, in place (rules of Xiao and Raafat 1991 and Ratha, Chen, Jain 1995): joins
 * broken lines and erases spurs and islands. Bridges between ridges need no rule, because only ends become minutiae.
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
	/** Unit vector that continues the line beyond its end. */
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
		skeleton.connect(a.pixel, b.pixel);
		joined.add(a.pixel).add(b.pixel);
	}
}

function findGaps(ends: readonly LineEnd[]): Gap[] {
	const gaps: Gap[] = [];
	for (const [i, a] of ends.entries()) {
		// Endings are sorted by row: after the first that is too far below, all others are as well.
		for (let j = i + 1; j < ends.length && ends[j]!.y - a.y <= MAX_GAP; j++) {
			const gap = findGap(a, ends[j]!);
			if (gap !== undefined) gaps.push(gap);
		}
	}
	return gaps;
}

function measureEnd(skeleton: Skeleton, pixel: number): LineEnd {
	const inner = skeleton.walk(pixel, DIRECTION_LENGTH).at(-1)!;
	const x = pixel % skeleton.stride;
	const y = Math.floor(pixel / skeleton.stride);
	const dx = x - (inner % skeleton.stride);
	const dy = y - Math.floor(inner / skeleton.stride);
	const length = Math.max(Math.hypot(dx, dy), 1);
	return { pixel, x, y, outX: dx / length, outY: dy / length };
}

/** Returns the gap between two ends if they are close and point at each other. */
function findGap(a: LineEnd, b: LineEnd): Gap | undefined {
	const dx = b.x - a.x;
	const dy = b.y - a.y;
	const length = Math.hypot(dx, dy);
	if (length > MAX_GAP) return undefined;
	const isInLine = Math.min(a.outX * dx + a.outY * dy, -b.outX * dx - b.outY * dy) >= MIN_ALIGNMENT * length;
	return isInLine ? { a, b, length } : undefined;
}
