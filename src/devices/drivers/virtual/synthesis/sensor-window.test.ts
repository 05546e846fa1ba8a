import { describe, expect, it } from 'vitest';
import { decodeIsoRecord, loadInThreadEngine } from '../../../../biometrics/worker-engine.ts';
import { FALSE_MATCH_RATE } from '../../../../protocol/false-match-rate.ts';
import type { SensorWindow } from '../../../../protocol/touch-conditions.ts';
import { synthesiseImpression } from './impression.ts';

const { extractTemplate, matchRecords, thresholdFor } = await loadInThreadEngine();
/** The lowest score at which a touch matches one template by default. */
const VERIFY_SCORE = thresholdFor(FALSE_MATCH_RATE.default);

const PEOPLE = [1, 2, 3, 4, 5, 6, 7, 8];

function touch(person: number, window: SensorWindow, seed = person) {
	return synthesiseImpression({ person, finger: 1 + (person % 10), condition: 'good', window, seed });
}

/** Grey level of the dead area of each window. */
const DEAD_GREY = { keystone: 255, round: 0 } as const;

describe.each(['keystone', 'round'] as const)('a %s window', (window) => {
	const image = touch(1, window);
	const whole = touch(1, 'full');

	function isInside(x: number, y: number): boolean {
		if (window === 'round') return Math.hypot(x - 150, y - 187.5) < 138;
		return Math.abs(x - 150) < 96 + 54 * (y / 375);
	}

	it('shows the pixels of the full window inside, and one grey level outside', () => {
		const expected = whole.data.map((level, i) => (isInside(i % 300, Math.floor(i / 300)) ? level : DEAD_GREY[window]));
		expect(Buffer.from(image.data).equals(expected)).toBe(true);
		expect(image).toMatchObject({ width: 300, height: 375, dpi: 500 });
	});

	it('cuts ridges, of which the extraction reports few as ridge endings', () => {
		const isNearEdge = ({ x, y }: { x: number; y: number }) =>
			[-10, 10].some((step) => !isInside(x + step, y) || !isInside(x, y + step));
		const minutiae = PEOPLE.flatMap((person) => extractTemplate(touch(person, window)).minutiae);
		expect(minutiae.length).toBeGreaterThan(20 * PEOPLE.length);
		expect(minutiae.filter(isNearEdge).length).toBeLessThanOrEqual(PEOPLE.length / 2);
	});

	it('shows enough of a finger to match it with a touch behind the full window', () => {
		const scores = PEOPLE.map((person) => {
			const [first, second] = [touch(person, window), touch(person, 'full', person + 100)].map(extractTemplate);
			return matchRecords(decodeIsoRecord(first!.template!), decodeIsoRecord(second!.template!));
		});
		expect(Math.min(...scores)).toBeGreaterThan(VERIFY_SCORE);
	});

	it('shows ridges at full contrast up to its edge', () => {
		const edge = Array.from(image.data.keys()).filter((i) => {
			const [x, y] = [i % 300, Math.floor(i / 300)];
			return isInside(x, y) && [-1, 1].some((step) => !isInside(x + step, y));
		});
		expect(edge.filter((i) => image.data[i]! < 90).length).toBeGreaterThan(10);
	});
});
