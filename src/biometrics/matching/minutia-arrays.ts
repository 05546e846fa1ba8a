/** Minutiae as parallel arrays; pixels at 500 dpi with y pointing up, so that angles follow the mathematical convention. */
export interface MinutiaArrays {
	readonly count: number;
	readonly x: Float64Array;
	/** Ascending. */
	readonly y: Float64Array;
	/** Radians, 0 <= angle < 2 pi, counter-clockwise. */
	readonly angle: Float64Array;
}

/** Creates the arrays from single minutiae, which must be in ascending order of y. */
export function minutiaArrays(...minutiae: readonly (readonly [x: number, y: number, angle: number])[]): MinutiaArrays {
	return {
		count: minutiae.length,
		x: Float64Array.from(minutiae, ([x]) => x),
		y: Float64Array.from(minutiae, ([, y]) => y),
		angle: Float64Array.from(minutiae, ([, , angle]) => angle),
	};
}
