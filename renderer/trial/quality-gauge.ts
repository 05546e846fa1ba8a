/** The default of `qualityThreshold` in the protocol. */
export const DEFAULT_THRESHOLD = 50;

/** Quality bands, lowest first; the catalogue has a text for each. */
const QUALITY_BANDS = ['poor', 'low', 'good', 'excellent'] as const;

export type QualityBand = (typeof QUALITY_BANDS)[number];

/** Lower bounds of `low` and `excellent`. `good` starts at the default threshold. */
const LOW = 25;
const EXCELLENT = 75;

/** The view box of the gauge, a half circle that is open below. */
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
 * Returns an SVG path along the gauge. 0 is on the left and 100 on the right in every writing direction.
 *
 * @param from 0..100, not more than `to`
 */
export function gaugeArc(from: number, to: number): string {
	return `M ${pointAt(from, RADIUS)} A ${RADIUS} ${RADIUS} 0 0 1 ${pointAt(to, RADIUS)}`;
}

/** Returns an SVG path across the gauge at `value`. `inner` and `outer` are fractions of the radius. */
export function gaugeTick(value: number, inner: number, outer: number): string {
	return `M ${pointAt(value, inner * RADIUS)} L ${pointAt(value, outer * RADIUS)}`;
}

function pointAt(value: number, radius: number): string {
	const angle = Math.PI * (1 - value / 100);
	return `${(CENTRE.x + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE.y - radius * Math.sin(angle)).toFixed(2)}`;
}
