/** What pages ask for unless they say otherwise: the default of `qualityThreshold`. */
export const DEFAULT_THRESHOLD = 50;

/** Words for quality, from no use up; the catalogue has a text for each. */
const QUALITY_BANDS = ['poor', 'low', 'good', 'excellent'] as const;

export type QualityBand = (typeof QUALITY_BANDS)[number];

/** Where each band but the first begins; a page takes `good` and better. */
const LOW = 25;
const EXCELLENT = 75;

/** The box in which the gauge is drawn: a half circle, open below. */
export const GAUGE_BOX = { width: 120, height: 66 } as const;

/** Centre and radius of the half circle in the box. */
const CENTRE = { x: 60, y: 60 } as const;
const RADIUS = 50;

/** @param quality 0..100 */
export function qualityBand(quality: number): QualityBand {
	if (quality < LOW) return 'poor';
	if (quality < DEFAULT_THRESHOLD) return 'low';
	return quality < EXCELLENT ? 'good' : 'excellent';
}

/**
 * An SVG path along the gauge. 0 is at the left, 100 at the right, whichever way the operator reads, as on any dial.
 *
 * @param from 0..100, not more than `to`
 */
export function gaugeArc(from: number, to: number): string {
	return `M ${pointAt(from, RADIUS)} A ${RADIUS} ${RADIUS} 0 0 1 ${pointAt(to, RADIUS)}`;
}

/** An SVG path across the gauge at this value, from `inner` to `outer` of its radius, as parts of 1. */
export function gaugeTick(value: number, inner: number, outer: number): string {
	return `M ${pointAt(value, inner * RADIUS)} L ${pointAt(value, outer * RADIUS)}`;
}

function pointAt(value: number, radius: number): string {
	const angle = Math.PI * (1 - value / 100);
	return `${(CENTRE.x + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE.y - radius * Math.sin(angle)).toFixed(2)}`;
}
