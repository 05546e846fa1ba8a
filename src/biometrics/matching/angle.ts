const TURN = 2 * Math.PI;

/** The same direction as 0 <= angle < 2 pi. */
export function normaliseAngle(angle: number): number {
	return angle - TURN * Math.floor(angle / TURN);
}

/** How far two directions 0 <= angle < 2 pi are apart whichever way one turns: 0..pi. */
export function angleBetween(a: number, b: number): number {
	const turned = Math.abs(a - b);
	return turned > Math.PI ? TURN - turned : turned;
}
