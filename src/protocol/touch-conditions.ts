/** Skin and placement of a virtual finger. */
export const TOUCH_CONDITIONS = ['good', 'dry', 'wet', 'partial', 'smudged'] as const;

export type TouchCondition = (typeof TOUCH_CONDITIONS)[number];
