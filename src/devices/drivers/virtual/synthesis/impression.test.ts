import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { TOUCH_CONDITIONS } from '../../../../protocol/touch-conditions.ts';
import type { TouchParameters } from '../touch.ts';
import { synthesiseImpression } from './impression.ts';

const TOUCH: TouchParameters = { person: 1, finger: 2, condition: 'good', seed: 1 };

function checksum(touch: TouchParameters): string {
	return createHash('sha256').update(synthesiseImpression(touch).data).digest('hex');
}

describe('synthesiseImpression', () => {
	it('has the image format of an SLK20R', () => {
		const image = synthesiseImpression(TOUCH);
		expect(image).toMatchObject({ width: 300, height: 375, dpi: 500 });
		expect(image.data).toHaveLength(300 * 375);
	});

	it('returns the same pixels on every machine', () => {
		expect(checksum(TOUCH)).toBe('1d1f187c3b1740acaa442d02420b2ec14ae12507950276f07f578bf99fe8b21e');
	});

	it.each(TOUCH_CONDITIONS)('returns the same pixels for the same %s touch', (condition) => {
		expect(checksum({ ...TOUCH, condition })).toBe(checksum({ ...TOUCH, condition }));
	});

	it('returns the same pixels after the master was evicted from the cache', () => {
		const before = checksum(TOUCH);
		for (let finger = 1; finger <= 10; finger++) synthesiseImpression({ ...TOUCH, person: 9, finger });
		expect(checksum(TOUCH)).toBe(before);
	});

	it.each<[keyof TouchParameters, TouchParameters]>([
		['person', { ...TOUCH, person: 2 }],
		['finger', { ...TOUCH, finger: 3 }],
		['condition', { ...TOUCH, condition: 'dry' }],
		['window', { ...TOUCH, window: 'round' }],
		['seed', { ...TOUCH, seed: 2 }],
	])('returns another image for another %s', (_field, touch) => {
		expect(checksum(touch)).not.toBe(checksum(TOUCH));
	});
});
