const TURN = 2 * Math.PI;

/** How far two directions are apart whichever way one turns: 0..pi. Any angles in radians. */
export function angleBetween(a: number, b: number): number {
	const turned = Math.abs(a - b) % TURN;
	return Math.min(turned, TURN - turned);
}
