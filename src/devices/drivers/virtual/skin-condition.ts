import type { TouchCondition } from '../../../protocol/touch-condition.ts';

/** How a condition changes the print. Ridge heights are those of a master, -1..1; what lies above `-pressure` prints. */
export interface SkinCondition {
	/** Mean height of the sensor over the skin, negated: 0 prints ridges as wide as valleys, more prints wider ridges. */
	readonly pressure: number;
	/** How much the pressure changes over the pad. */
	readonly unevenness: number;
	/** Height over which a ridge goes from white to black. */
	readonly softness: number;
	/** Fine roughness of the skin: breaks ridges into grains. */
	readonly grain: number;
	/** Darkness of the moisture in the valleys, 0..1. */
	readonly moisture: number;
	/** Size of the contact area, 1 = the whole pad. */
	readonly contact: number;
	/** How far the finger slides while the picture is taken, pixels. */
	readonly slide: number;
}

const GOOD: SkinCondition = {
	pressure: 0.12,
	unevenness: 0.2,
	softness: 0.8,
	grain: 0.16,
	moisture: 0.04,
	contact: 1,
	slide: 0,
};

export const SKIN_CONDITIONS: Readonly<Record<TouchCondition, SkinCondition>> = {
	good: GOOD,
	dry: { ...GOOD, pressure: -0.3, unevenness: 0.25, softness: 0.6, grain: 0.6, moisture: 0 },
	wet: { ...GOOD, pressure: 0.6, unevenness: 0.3, softness: 1.2, grain: 0.08, moisture: 0.5 },
	partial: { ...GOOD, contact: 0.55 },
	smudged: { ...GOOD, pressure: 0.3, moisture: 0.15, slide: 16 },
};
