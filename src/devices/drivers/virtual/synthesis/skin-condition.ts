import type { TouchCondition } from '../../../../protocol/touch-conditions.ts';

/** How a condition changes the impression; heights are those of a master fingerprint, -1..1. */
export interface SkinCondition {
	/** Skin higher than `-pressure` touches the glass; at 0, ridges are as wide as valleys. */
	readonly pressure: number;
	/** Variation of the pressure over the pad. */
	readonly unevenness: number;
	/** Range of heights over which a pixel changes from white to black. */
	readonly softness: number;
	/** Roughness of the skin, which breaks ridges into grains. */
	readonly grain: number;
	/** Darkness of the moisture in the valleys, 0..1. */
	readonly moisture: number;
	/** Darkness of the film of sweat and grease that covers the whole contact area, 0..1. */
	readonly film: number;
	/** Relative size of the contact area, 1 = the whole pad. */
	readonly contact: number;
	/** How far the finger slides during the capture, pixels. */
	readonly slide: number;
}

const GOOD: SkinCondition = {
	pressure: 0.1,
	unevenness: 0.24,
	softness: 0.8,
	grain: 0.25,
	moisture: 0.04,
	film: 0,
	contact: 1,
	slide: 0,
};

export const SKIN_CONDITIONS: Readonly<Record<TouchCondition, SkinCondition>> = {
	good: GOOD,
	dry: { ...GOOD, pressure: -0.5, unevenness: 0.4, softness: 0.6, grain: 0.85, moisture: 0 },
	wet: { ...GOOD, pressure: 1, unevenness: 0.4, softness: 0.9, grain: 0.55, moisture: 0.4 },
	partial: { ...GOOD, contact: 0.52 },
	smudged: { ...GOOD, grain: 0.4, moisture: 0.1, film: 0.4, slide: 14 },
};
