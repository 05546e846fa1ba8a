/** How well a virtual finger touches: what a clinic sees in winter, after hand cream, in a hurry. */
export const TOUCH_CONDITIONS = ['good', 'dry', 'wet', 'partial', 'smudged'] as const;

export type TouchCondition = (typeof TOUCH_CONDITIONS)[number];
