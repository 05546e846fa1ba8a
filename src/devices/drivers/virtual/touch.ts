import type { SensorWindow, TouchCondition } from '../../../protocol/touch-conditions.ts';

/** All parameters of one touch. The same touch always gives the same pixels. */
export interface TouchParameters {
	/** Number of the person, from 1; each person has ten different fingers. */
	readonly person: number;
	/** ISO/IEC 19794-2 finger position: 1..5 right thumb to little finger, 6..10 left thumb to little finger. */
	readonly finger: number;
	readonly condition: TouchCondition;
	/** Part of the image in which the finger is visible; default `full`. */
	readonly window?: SensorWindow;
	/** Seed of the position, pressure, distortion and noise of this touch: an integer, 0..2^32 - 1. */
	readonly seed: number;
}
