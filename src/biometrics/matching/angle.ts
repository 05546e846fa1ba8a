const TURN = 2 * Math.PI;

/** Returns the equivalent angle in 0 <= angle < 2 pi. */
export function normaliseAngle(angle: number): number {
	return angle - TURN * Math.floor(angle / TURN);
}

/** Returns the smaller angle between two directions, 0..pi; both must be 0 <= angle < 2 pi. */
export function angleBetween(a: number, b: number): number {
	const turned = Math.abs(a - b);
	return turned > Math.PI ? TURN - turned : turned;
}
