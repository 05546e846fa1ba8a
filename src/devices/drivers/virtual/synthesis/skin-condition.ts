import type { TouchCondition } from '../../../../protocol/touch-conditions.ts';

/** How a condition changes the print; heights are those of a master, -1..1. */
export interface SkinCondition {
	/** How far the pad is pressed down: what is higher than `-pressure` prints, so 0 prints ridges as wide as valleys. */
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
	pressure: 0.1,
	unevenness: 0.24,
	softness: 0.8,
	grain: 0.25,
	moisture: 0.04,
	contact: 1,
	slide: 0,
};

export const SKIN_CONDITIONS: Readonly<Record<TouchCondition, SkinCondition>> = {
	good: GOOD,
	dry: { ...GOOD, pressure: -0.5, unevenness: 0.4, softness: 0.6, grain: 0.85, moisture: 0 },
	wet: { ...GOOD, pressure: 1, unevenness: 0.4, softness: 0.9, grain: 0.55, moisture: 0.4 },
	partial: { ...GOOD, contact: 0.52 },
	smudged: { ...GOOD, pressure: 0.2, grain: 0.5, moisture: 0.2, slide: 24 },
};
