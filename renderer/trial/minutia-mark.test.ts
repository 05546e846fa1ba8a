import { describe, expect, it } from 'vitest';
import { minutiaMark } from './minutia-mark.ts';

describe('minutiaMark', () => {
	it.each([
		['right', 0, { x1: 104.5, y1: 50, x2: 113.5, y2: 50 }],
		['up', 90, { x1: 100, y1: 45.5, x2: 100, y2: 36.5 }],
		['left', 180, { x1: 95.5, y1: 50, x2: 86.5, y2: 50 }],
		['down', 270, { x1: 100, y1: 54.5, x2: 100, y2: 63.5 }],
		['up to the right', 45, { x1: 103.18, y1: 46.82, x2: 109.55, y2: 40.45 }],
	])('points %s at %i degrees', (_, angle, line) => {
		expect(minutiaMark({ x: 100, y: 50, angle }, 500)).toEqual({ radius: 4.5, line });
	});

	it('scales with the resolution', () => {
		const { radius, line } = minutiaMark({ x: 0, y: 0, angle: 0 }, 1_000);
		expect(radius).toBe(9);
		expect(line).toEqual({ x1: 9, y1: 0, x2: 27, y2: 0 });
	});
});
