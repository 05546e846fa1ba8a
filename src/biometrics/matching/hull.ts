import type { MinutiaArrays } from './minutia-arrays.ts';

/** The convex hull of a template: a point is inside if `nx * x + ny * y <= offset` for every edge. */
export interface Hull {
	readonly edgeCount: number;
	/** Square pixels. */
	readonly area: number;
	/** Outward unit normal of each edge. */
	readonly normalX: Float64Array;
	readonly normalY: Float64Array;
	readonly offset: Float64Array;
}

interface Point {
	readonly x: number;
	readonly y: number;
}

/**
 * Returns the convex hull of the minutiae. For two or collinear minutiae it is a line segment. For fewer it has no edges, so
 * that every point counts as inside.
 *
 * @see A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", Information Processing Letters 9(5), 1979
 */
export function convexHull({ x, y }: Pick<MinutiaArrays, 'x' | 'y'>): Hull {
	const points = Array.from(x, (px, index): Point => ({ x: px, y: y[index]! }));
	points.sort((a, b) => a.x - b.x || a.y - b.y);
	const corners = [...halfHull(points), ...halfHull(points.toReversed())];
	const edges = corners.map((corner, index) => edgeBetween(corner, corners[(index + 1) % corners.length]!));
	return {
		edgeCount: edges.length,
		area:
			corners.reduce((sum, corner, index) => sum + crossProduct(corner, corners[(index + 1) % corners.length]!), 0) / 2,
		normalX: Float64Array.from(edges, (edge) => edge.normalX),
		normalY: Float64Array.from(edges, (edge) => edge.normalY),
		offset: Float64Array.from(edges, (edge) => edge.offset),
	};
}

/** Distance in pixels from the hull of a template within which a minutia still counts as inside. */
export const HULL_MARGIN = 10;

/** Returns whether the point is inside the hull or at most `margin` pixels outside each edge line. */
export function isWithin(hull: Hull, x: number, y: number, margin: number): boolean {
	for (let edge = 0; edge < hull.edgeCount; edge++) {
		if (hull.normalX[edge]! * x + hull.normalY[edge]! * y > hull.offset[edge]! + margin) return false;
	}
	return true;
}

/** Returns the chain of points that turns left at every point, without its last point, which begins the other half. */
function halfHull(points: readonly Point[]): Point[] {
	const chain: Point[] = [];
	for (const point of points) {
		while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
		chain.push(point);
	}
	return chain.slice(0, -1);
}

function turn(from: Point, via: Point, to: Point): number {
	return (via.x - from.x) * (to.y - from.y) - (via.y - from.y) * (to.x - from.x);
}

function crossProduct(a: Point, b: Point): number {
	return a.x * b.y - b.x * a.y;
}

function edgeBetween(from: Point, to: Point): { normalX: number; normalY: number; offset: number } {
	const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
	const normalX = (to.y - from.y) / length;
	const normalY = (from.x - to.x) / length;
	return { normalX, normalY, offset: normalX * from.x + normalY * from.y };
}
