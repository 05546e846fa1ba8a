import type { TouchCondition } from '../../../protocol/touch-conditions.ts';

/** One touch, completely: the same touch always draws the same pixels. */
export interface Touch {
	/** Whose finger: 1.., each person has ten fingers of their own. */
	readonly person: number;
	/** ISO/IEC 19794-2 finger position: 1..5 right thumb to little finger, 6..10 left thumb to little finger. */
	readonly finger: number;
	readonly condition: TouchCondition;
	/** What differs between two touches of one finger: position, pressure, distortion, noise. An integer, 0..2^32 - 1. */
	readonly seed: number;
}
