/** The choices for how long the old key stays valid when a key is rotated. */
export const OVERLAP_CHOICES = ['none', 'day', 'week', 'month'] as const;

export type OverlapChoice = (typeof OVERLAP_CHOICES)[number];

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The overlap of each choice, ms; the service accepts at most 30 days. */
export const OVERLAP_MS: Readonly<Record<OverlapChoice, number>> = {
	none: 0,
	day: DAY_MS,
	week: 7 * DAY_MS,
	month: 30 * DAY_MS,
};
