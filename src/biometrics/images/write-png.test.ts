import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GreyImage } from './grey-image.ts';
import { readPng } from './read-png.ts';
import { writePng } from './write-png.ts';

const images: fc.Arbitrary<GreyImage> = fc
	.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) })
	.chain(({ width, height }) =>
		fc.record({
			width: fc.constant(width),
			height: fc.constant(height),
			dpi: fc.integer({ min: 251, max: 2_000 }),
			data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
		}),
	);

describe('writePng', () => {
	it('keeps size and pixels of any image', () => {
		fc.assert(
			fc.property(images, ({ width, height, dpi, data }) => {
				const image = readPng(writePng({ width, height, dpi, data }));
				expect(image).toEqual({ width, height, data });
			}),
		);
	});

	it('declares the resolution in pixels per metre', () => {
		const png = Buffer.from(writePng({ width: 1, height: 1, dpi: 500, data: Uint8Array.of(7) }));
		const at = png.indexOf('pHYs') + 4;
		expect([png.readUInt32BE(at), png.readUInt32BE(at + 4), png[at + 8]]).toEqual([19_685, 19_685, 1]);
	});

	it('is one channel of 8 bits, without interlacing', () => {
		const png = writePng({ width: 3, height: 2, dpi: 500, data: new Uint8Array(6) });
		expect([...png.subarray(24, 29)]).toEqual([8, 0, 0, 0, 0]);
	});

	it('compresses ridges to less than their pixels', () => {
		const width = 300;
		const data = Uint8Array.from({ length: width * width }, (_, i) => 128 + 100 * Math.cos((i % width) / 1.5));
		expect(writePng({ width, height: width, dpi: 500, data }).length).toBeLessThan(data.length / 4);
	});
});
