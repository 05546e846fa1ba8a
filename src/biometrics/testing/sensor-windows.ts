import type { GreyImage } from '../images/grey-image.ts';
import { createImage } from './synthetic-ridges.ts';

/** Where the window of a sensor lies in the image. */
export interface WindowPlacement {
	/** Radians. */
	readonly angle: number;
	/** Pixels from the centre of the image, to the right and down. */
	readonly shiftX: number;
	readonly shiftY: number;
}

/** Whether a point lies inside the window. @param x from the centre, share of the shorter side of the image */
type WindowShape = (x: number, y: number) => boolean;

/** The kinds of windows that readers have. */
export const WINDOW_SHAPES = {
	keystone: (x, y) => Math.abs(x) < 0.4 - 0.12 * y && Math.abs(y) < 0.55,
	circle: (x, y) => Math.hypot(x, y) < 0.45,
	'rounded corners': (x, y) => Math.hypot(Math.max(Math.abs(x) - 0.2, 0), Math.max(Math.abs(y) - 0.3, 0)) < 0.22,
	padding: (x, y) => Math.abs(x) < 0.42 && Math.abs(y) < 0.5,
	'a half image': (x) => x < 0.1,
	'one cut side': (_, y) => y < 0.4,
	'two cut sides': (x, y) => x > -0.35 && y > -0.4,
} satisfies Record<string, WindowShape>;

/** Returns whether a pixel lies inside a window in an image of this size. */
export function isInsideWindow(
	shape: WindowShape,
	{ angle, shiftX, shiftY }: WindowPlacement,
	{ width, height }: GreyImage,
): (x: number, y: number) => boolean {
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	const side = Math.min(width, height);
	return (x, y) => {
		const u = (x - width / 2 - shiftX) / side;
		const v = (y - height / 2 - shiftY) / side;
		return shape(u * cos + v * sin, v * cos - u * sin);
	};
}

/** Returns the image with everything outside the window in one grey level. */
export function cutImage(image: GreyImage, isInside: (x: number, y: number) => boolean, grey: number): GreyImage {
	const { width, height, dpi, data } = image;
	return { ...createImage(width, height, (x, y) => (isInside(x, y) ? data[y * width + x]! : grey)), dpi };
}

/** Returns the image as a disc that fades into a uniform background, as a finger does. @param grey of the background */
export function fadeImage(image: GreyImage, radius: number, grey: number): GreyImage {
	const { width, height, data } = image;
	return createImage(width, height, (x, y) => {
		const strength = Math.min(Math.max((radius - Math.hypot(x - width / 2, y - height / 2)) / FADE_LENGTH, 0), 1);
		return grey + strength * (data[y * width + x]! - grey);
	});
}

/** Pixels. */
const FADE_LENGTH = 40;
