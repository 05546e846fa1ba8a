import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import type { SensorWindow } from '../../../../protocol/touch-conditions.ts';
import { VIRTUAL_HEIGHT, VIRTUAL_WIDTH } from '../image-format.ts';

/** Width of the upper side of the keystone as a share of the lower side, which is as wide as the image. */
const KEYSTONE_TOP = 0.64;
/** Radius of the round window, pixels: 7 mm, smaller than a finger pad. */
const ROUND_RADIUS = 138;

/** Where the finger is visible, and what the reader delivers elsewhere. */
interface WindowOptics {
	readonly isInside: (x: number, y: number) => boolean;
	/** Grey level of the dead area. */
	readonly grey: number;
}

/**
 * The windows of two kinds of readers: optics that look at the glass at an angle and correct the perspective, so that the image is a
 * trapezium on white as on the U.are.U 4000, and a round glass in a dark frame.
 */
const OPTICS: Readonly<Record<Exclude<SensorWindow, 'full'>, WindowOptics>> = {
	keystone: {
		isInside: (x, y) => {
			const share = KEYSTONE_TOP + (1 - KEYSTONE_TOP) * (y / VIRTUAL_HEIGHT);
			return Math.abs(x - VIRTUAL_WIDTH / 2) < (share * VIRTUAL_WIDTH) / 2;
		},
		grey: 255,
	},
	round: {
		isInside: (x, y) => Math.hypot(x - VIRTUAL_WIDTH / 2, y - VIRTUAL_HEIGHT / 2) < ROUND_RADIUS,
		grey: 0,
	},
};

/** Replaces everything outside the window by a uniform grey; ridges keep their full contrast up to its edge. */
export function cutToWindow(image: GreyImage, window: SensorWindow): GreyImage {
	if (window === 'full') return image;
	const { isInside, grey } = OPTICS[window];
	const { width } = image;
	return { ...image, data: image.data.map((level, i) => (isInside(i % width, Math.floor(i / width)) ? level : grey)) };
}
