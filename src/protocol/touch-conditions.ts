/** Skin and placement of a virtual finger. */
export const TOUCH_CONDITIONS = ['good', 'dry', 'wet', 'partial', 'smudged'] as const;

export type TouchCondition = (typeof TOUCH_CONDITIONS)[number];

/** Part of the image in which a virtual reader shows the finger: the whole image, a trapezium, or a disc. */
export const SENSOR_WINDOWS = ['full', 'keystone', 'round'] as const;

export type SensorWindow = (typeof SENSOR_WINDOWS)[number];
