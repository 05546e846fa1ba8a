import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../protocol/errors.ts';
import { arbitraryViews } from '../testing/arbitrary-views.ts';
import { concat, fromHex } from '../testing/record-bytes.ts';
import type { FingerView } from './finger-view.ts';
import { decodeIsoRecord, decodeIsoViews, encodeIsoRecord } from './iso-record.ts';
import type { Minutia } from './minutia.ts';

const RECORD: FingerView = {
	width: 388,
	height: 374,
	dpi: 500,
	finger: 0,
	quality: 80,
	minutiae: [
		{ kind: 'ridge-ending', x: 100, y: 203, angle: Math.PI / 2, quality: 60 },
		{ kind: 'bifurcation', x: 387, y: 0, angle: Math.PI, quality: 1 },
	],
};

/** `RECORD`, encoded by hand from the layout in the standard. */
const HEADER = '464d5200 20323000 0000002a 0000 0184 0176 00c5 00c5 01 00';
const BYTES = fromHex(`${HEADER} 00 00 50 02 4064 00cb 40 3c 8183 0000 80 01 0000`);

describe('encodeIsoRecord', () => {
	it('writes the bytes that the standard specifies', () => {
		expect(encodeIsoRecord(RECORD)).toEqual(BYTES);
	});

	it('keeps the 255 minutiae with the best quality', () => {
		const minutiae = Array.from({ length: 300 }, (_, x) => ({ ...endingAt(x, 1), quality: x % 100 }));
		const kept = decodeIsoRecord(encodeIsoRecord({ ...RECORD, minutiae })).minutiae;
		expect(kept).toHaveLength(255);
		expect(Math.min(...kept.map((minutia) => minutia.quality))).toBe(15);
	});

	it('rounds coordinates to whole pixels inside the image', () => {
		const [minutia] = decodeIsoRecord(encodeIsoRecord({ ...RECORD, minutiae: [endingAt(387.6, 10.6)] })).minutiae;
		expect(minutia).toMatchObject({ x: 387, y: 11 });
	});

	it.each<[string, Partial<FingerView>]>([
		['width 0', { width: 0 }],
		['height 16385', { height: 16385 }],
		['height 1.5', { height: 1.5, minutiae: [] }],
		['98 pixels per cm', { dpi: 250 }],
		['NaN pixels per cm', { dpi: Number.NaN }],
		['finger quality 101', { quality: 101 }],
		['minutia quality -1', { minutiae: [{ ...endingAt(1, 1), quality: -1 }] }],
		['minutia (388, 1) lies outside', { minutiae: [endingAt(388, 1)] }],
		['minutia (1, -2) lies outside', { minutiae: [endingAt(1, -2)] }],
	])('refuses %s', (fault, change) => {
		expectRefusal(() => encodeIsoRecord({ ...RECORD, ...change }), fault);
	});
});

describe('decodeIsoRecord', () => {
	it('reads the bytes that the standard specifies', () => {
		expect(decodeIsoRecord(BYTES)).toEqual(RECORD);
	});

	it('reads from the middle of a larger buffer', () => {
		const padded = Uint8Array.from([7, 7, 7, ...BYTES, 7]);
		expect(decodeIsoRecord(padded.subarray(3, 3 + BYTES.length))).toEqual(RECORD);
	});

	it('returns a minutia of type "other" as a ridge ending', () => {
		expect(decodeIsoRecord(withByte(34, 0x01)).minutiae[1]?.kind).toBe('ridge-ending');
	});

	it('returns the views in order and skips extended data', () => {
		const header = '464d5200 20323000 00000030 0000 0184 0176 00c5 00c5 02 00';
		const views = '00 00 50 01 4064 00cb 40 3c 0004 00010203 01 13 10 00 0002 ffff';
		const bytes = fromHex(`${header} ${views}`);
		expect(decodeIsoViews(bytes)).toEqual([
			{ ...RECORD, minutiae: RECORD.minutiae.slice(0, 1) },
			{ ...RECORD, finger: 1, quality: 16, minutiae: [] },
		]);
		expect(decodeIsoRecord(bytes)).toEqual(decodeIsoViews(bytes)[0]);
	});

	it('accepts zero bytes after the record and after its last view', () => {
		expect(decodeIsoRecord(concat(BYTES, new Uint8Array(70)))).toEqual(RECORD);
		expect(decodeIsoRecord(withByte(11, 50, concat(BYTES, new Uint8Array(8))))).toEqual(RECORD);
	});

	it('returns quality 0 for a quality that is not reported', () => {
		expect(decodeIsoRecord(withByte(26, 254)).quality).toBe(0);
		expect(decodeIsoRecord(withByte(33, 255)).minutiae[0]?.quality).toBe(0);
	});

	it.each<[string, Uint8Array]>([
		['it ends at byte 0', new Uint8Array()],
		['it does not begin with "FMR"', withByte(0, 0x47)],
		['its version is not " 20"', withByte(6, 0x33)],
		['it declares 43 bytes and has 42', withByte(11, 43)],
		['it declares 42 bytes and has 44', concat(BYTES, Uint8Array.of(0, 1))],
		['it ends at byte 41, in the middle of a field', withByte(11, 41)],
		['reserved bits of the capture equipment', withByte(12, 0x40)],
		['width 0 ', withByte(15, 0, withByte(14, 0))],
		['height 65398 ', withByte(16, 0xff)],
		['98 pixels per cm', withByte(19, 98)],
		['its two axes differ in resolution', withByte(21, 0xc6)],
		['it has 0 finger views', withByte(22, 0)],
		['it has 177 finger views', withByte(22, 177)],
		['the reserved byte of the header', withByte(23, 1)],
		['finger position 11', withByte(24, 11)],
		['impression type 4', withByte(25, 4)],
		['finger quality 101', withByte(26, 101)],
		['it ends at byte 42, in the middle of a field', withByte(27, 3)],
		['minutia type 3', withByte(28, 0xc0)],
		['reserved bits of a minutia', withByte(30, 0x40)],
		['minutia (388, 0) lies outside 388 x 374', withByte(35, 0x84)],
		['minutia (100, 459) lies outside 388 x 374', withByte(30, 1)],
		['minutia quality 101', withByte(33, 101)],
		['it ends at byte 42, in the middle of a field', withByte(41, 1)],
		['it ends at byte 42, in the middle of a field', withByte(22, 2)],
		['6 bytes follow the last finger view', withByte(27, 1, withByte(35, 0, withByte(34, 0)))],
	])('refuses a record where %s', (fault, bytes) => {
		expectRefusal(() => decodeIsoRecord(bytes), fault);
	});

	it('refuses every truncated record', () => {
		for (let length = 0; length < BYTES.length; length++) {
			expectRefusal(() => decodeIsoRecord(BYTES.slice(0, length)), 'it ');
		}
	});
});

describe('a record', () => {
	it('is unchanged by encoding and decoding', () => {
		fc.assert(
			fc.property(arbitraryViews(256), (record) => {
				expect(decodeIsoRecord(encodeIsoRecord(record))).toEqual(record);
			}),
		);
	});

	it('with any bytes is either refused or unchanged by decoding and encoding', () => {
		const damage = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(arbitraryViews(256), damage, (record, changes) => {
				const bytes = encodeIsoRecord(record);
				for (const [at, value] of changes) bytes[at % bytes.length] = value;
				expectRefusedOrSound(bytes);
			}),
			{ numRuns: 2000 },
		);
		fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), expectRefusedOrSound));
	});
});

const REFERENCE = '../shared/fingerprints/reference';

describe.skipIf(!existsSync(REFERENCE))('records of other engines (needs ../shared/fingerprints/reference)', () => {
	it('can be decoded and are unchanged by encoding and decoding', () => {
		const files = readdirSync(REFERENCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.fmr'));
		expect(files.length).toBeGreaterThan(0);
		for (const file of files) {
			const record = decodeIsoRecord(readFileSync(join(REFERENCE, file)));
			expect(record.minutiae.length, file).toBeGreaterThan(10);
			expect(decodeIsoRecord(encodeIsoRecord(record)), file).toEqual(record);
		}
	});
});

function withByte(at: number, value: number, bytes = BYTES): Uint8Array {
	return bytes.with(at, value);
}

function endingAt(x: number, y: number): Minutia {
	return { kind: 'ridge-ending', x, y, angle: 0, quality: 50 };
}

function expectRefusal(action: () => unknown, fault: string): void {
	expect(action).toThrow(ServiceError);
	expect(action).toThrow(
		expect.objectContaining({ error: 'INVALID_MESSAGE', message: expect.stringContaining(fault) }),
	);
}

function expectRefusedOrSound(bytes: Uint8Array): void {
	let record: FingerView;
	try {
		record = decodeIsoRecord(bytes);
	} catch (error) {
		expect(error).toMatchObject({ name: 'ServiceError', error: 'INVALID_MESSAGE' });
		return;
	}
	expect(decodeIsoRecord(encodeIsoRecord(record))).toEqual(record);
}
