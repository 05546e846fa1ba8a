import { describe, expect, it } from 'vitest';
import { createFingerImage, createImage } from '../testing/synthetic-ridges.ts';
import { CELL } from './cell-grid.ts';
import { cropToContent } from './crop-to-content.ts';
import { extractTemplate } from './extract-template.ts';
import { STRIDE } from './ridge-period.ts';

const MARGIN = 2 * STRIDE * CELL;
const FINGER = createFingerImage(0.3);

describe('cropToContent', () => {
	it('keeps whole tiles and a margin around the content', () => {
		const image = createImage(300, 200, (x, y) => (x >= 100 && x < 150 && y >= 60 && y < 90 ? (x * 50) % 250 : 240));
		const { image: cropped, left, top } = cropToContent(image);
		expect({ left, top, width: cropped.width, height: cropped.height }).toEqual({
			left: 96 - MARGIN,
			top: 48 - MARGIN,
			width: 64 + 2 * MARGIN,
			height: 48 + 2 * MARGIN,
		});
		for (let y = 0; y < cropped.height; y++) {
			for (let x = 0; x < cropped.width; x++) {
				expect(cropped.data[y * cropped.width + x]).toBe(image.data[(top + y) * 300 + left + x]);
			}
		}
	});

	it('returns images that are full of ridges, or empty, as they are', () => {
		const empty = createImage(300, 200, (x) => 200 + (x % 5));
		for (const image of [FINGER, empty]) expect(cropToContent(image)).toEqual({ image, left: 0, top: 0 });
	});

	it.each([
		['white', 255],
		['black', 0],
	])('does not change what is extracted from a finger amid a %s area', (_name, grey) => {
		const isOutside = (x: number, margin: number) => x < margin || x >= FINGER.width + margin;
		const framed = (margin: number) =>
			createImage(FINGER.width + 2 * margin, FINGER.height + 2 * margin, (x, y) =>
				isOutside(x, margin) ? grey : (FINGER.data[(y - margin) * FINGER.width + x - margin] ?? grey),
			);
		const shift = (minutia: { x: number; y: number }) => ({ ...minutia, x: minutia.x + 96, y: minutia.y + 96 });
		const near = extractTemplate(framed(24));
		const far = extractTemplate(framed(120));
		expect(far.minutiae).toEqual(near.minutiae.map(shift));
		expect(far.hints).toEqual(near.hints);
	});
});
