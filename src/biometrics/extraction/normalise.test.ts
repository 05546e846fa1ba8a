import { describe, expect, it } from 'vitest';
import { toFloatImage } from '../images/float-image.ts';
import { createImage, createNoiseImage, createRidgeImage } from '../testing/synthetic-ridges.ts';
import { normalise } from './normalise.ts';

describe('normalise', () => {
	it('normalises faint ridges with uneven lighting to mean 0 and deviation 1', () => {
		const ridges = createRidgeImage({ width: 160, height: 160, angle: 0.4, period: 9 });
		const uneven = createImage(160, 160, (x, y) => 90 + x / 3 + (ridges.data[y * 160 + x]! - 128) / 5);
		const { data } = normalise(toFloatImage(uneven)).ridges;
		const mean = data.reduce((sum, value) => sum + value) / data.length;
		const deviation = Math.sqrt(data.reduce((sum, value) => sum + value ** 2) / data.length - mean ** 2);
		expect(mean).toBeCloseTo(0, 1);
		expect(deviation).toBeCloseTo(1, 1);
	});

	it('makes dark ridges positive', () => {
		const image = createRidgeImage({ width: 80, height: 80, angle: 0, period: 10 });
		const { ridges } = normalise(toFloatImage(image));
		for (let i = 0; i < image.data.length; i++) if (image.data[i]! < 60) expect(ridges.data[i]).toBeGreaterThan(0);
	});

	it('returns finite values where noise borders on uniform grey', () => {
		const noise = createNoiseImage(100, 200);
		const image = createImage(100, 200, (x, y) => (Math.hypot(x - 50, y - 100) < 50 ? noise.data[y * 100 + x]! : 255));
		const { ridges, contrast, mean } = normalise(toFloatImage(image));
		for (const { data } of [ridges, contrast, mean]) expect(data.every(Number.isFinite)).toBe(true);
	});

	it('normalises ridges beside a dead area as if they continued', () => {
		const whole = createRidgeImage({ width: 160, height: 160, angle: 0.4, period: 9 });
		const cut = createImage(160, 160, (x, y) => (x < 80 ? whole.data[y * 160 + x]! : 0));
		const dead = { width: 160, height: 160, data: cut.data.map((_, i) => (i % 160 < 80 ? 0 : 1)) };
		const wanted = normalise(toFloatImage(whole));
		const { ridges, contrast, mean } = normalise(toFloatImage(cut), dead);
		for (let y = 20; y < 140; y++) {
			for (let x = 60; x < 80; x++) {
				expect(Math.abs(ridges.data[y * 160 + x]! - wanted.ridges.data[y * 160 + x]!)).toBeLessThan(0.5);
			}
		}
		for (const { data } of [ridges, contrast, mean]) {
			expect(data.every((value, i) => Number.isFinite(value) && (dead.data[i] === 0 || value === 0))).toBe(true);
		}
	});

	it('does not amplify the noise of an empty image', () => {
		const { ridges, contrast } = normalise(toFloatImage(createImage(80, 80, (x, y) => 200 + ((x * 7 + y * 13) % 3))));
		expect(Math.max(...ridges.data)).toBeLessThan(0.3);
		expect(Math.max(...contrast.data)).toBeLessThan(1);
	});
});
