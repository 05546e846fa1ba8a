import { describe, expect, it } from 'vitest';
import { decodeIsoRecord, encodeIsoRecord } from '../records/iso-record.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import { enrol } from './enrol.ts';

const FINGER = new SyntheticFinger(1);

describe('enrol', () => {
	it('merges three touches into one template and returns its properties', () => {
		const touches = [{}, { shiftX: 20 }, { rotation: 0.2, jitter: 1 }].map((changes) => FINGER.touch(changes));
		const enrolled = enrol(touches.map(encodeIsoRecord));
		if (enrolled === undefined) throw new Error('refused touches of one finger');
		const { width, height, dpi, quality, minutiae } = decodeIsoRecord(enrolled.template);
		expect(enrolled).toMatchObject({ width, height, dpi, quality, minutiae: minutiae.length });
	});

	it('refuses touches of different fingers', () => {
		const impostor = new SyntheticFinger(2).touch();
		expect(enrol([FINGER.touch(), impostor].map(encodeIsoRecord))).toBeUndefined();
	});

	it('refuses a damaged record', () => {
		expect(() => enrol([encodeIsoRecord(FINGER.touch()), Uint8Array.of(1)])).toThrow(
			expect.objectContaining({ code: 6002 }),
		);
	});
});
