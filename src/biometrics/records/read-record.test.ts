import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../protocol/errors.ts';
import { TEMPLATE_FORMATS } from '../../protocol/template-formats.ts';
import { arbitraryViews } from '../testing/arbitrary-views.ts';
import { ansi2009Record, concat, fromHex, joinRecords, SHAPES } from '../testing/record-bytes.ts';
import { SyntheticFinger } from '../testing/synthetic-finger.ts';
import type { FingerView } from './finger-view.ts';
import { convertRecord, readRecord, writeRecord } from './read-record.ts';

const VIEW: FingerView = {
	width: 388,
	height: 374,
	dpi: 500,
	finger: 7,
	quality: 80,
	minutiae: [
		{ kind: 'ridge-ending', x: 100, y: 203, angle: Math.PI / 2, quality: 60 },
		{ kind: 'bifurcation', x: 387, y: 0, angle: Math.PI, quality: 1 },
	],
};

/** `VIEW` in each format, encoded by hand from the layouts in the standards. */
const ISO_2005 = fromHex(
	'464d5200 20323000 0000002a 0000 0184 0176 00c5 00c5 01 00 07 00 50 02 4064 00cb 40 3c 8183 0000 80 01 0000',
);
const ISO_2011 = fromHex(
	`464d5200 30333000 00000042 0001 00 00000033 ffffffffffffffffff 00 0000 0000 01 50 0000 0000
	07 00 00c5 00c5 00 0184 0176 61 02 4064 00cb 40 3c 8183 0000 80 01 0000`.replaceAll(/\s/g, ''),
);
const ANSI_2004 = fromHex(
	'464d5200 20323000 002c 0103 0000 0000 0184 0176 00c5 00c5 01 00 07 00 50 02 4064 00cb 2d 3c 8183 0000 5a 01 0000',
);
const ANSI_2009 = fromHex(
	`464d5200 30333000 00000034 0103 0000 00 0000 01 00
	07 00 00 50 0103 0000 0184 0176 00c5 00c5 02 4064 00cb 2d 3c 8183 0000 5a 01 0000`.replaceAll(/\s/g, ''),
);
const BYTES = {
	'iso-19794-2:2005': ISO_2005,
	'iso-19794-2:2011': ISO_2011,
	'ansi-378:2004': ANSI_2004,
	'ansi-378:2009': ANSI_2009,
} as const;
type ReadableFormat = keyof typeof BYTES;
const FORMATS = Object.keys(BYTES) as ReadableFormat[];
const TITLES: Record<ReadableFormat, string> = {
	'iso-19794-2:2005': 'ISO/IEC 19794-2:2005',
	'iso-19794-2:2011': 'ISO/IEC 19794-2:2011',
	'ansi-378:2004': 'ANSI INCITS 378-2004',
	'ansi-378:2009': 'ANSI INCITS 378-2009',
};

function encode(view: FingerView, format: ReadableFormat): Uint8Array {
	return format === 'ansi-378:2009' ? ansi2009Record([view]) : writeRecord(view, format);
}

function viewsOf(format: ReadableFormat): fc.Arbitrary<FingerView> {
	return arbitraryViews(format.startsWith('iso') ? 256 : 180);
}

describe.each(FORMATS)('a record of %s', (format) => {
	const bytes = BYTES[format];

	it('is written as the standard specifies', () => {
		expect(encode(VIEW, format)).toEqual(bytes);
	});

	it('is read as the standard specifies', () => {
		expect(readRecord(bytes)).toEqual([VIEW]);
	});

	it('is unchanged by encoding and decoding', () => {
		fc.assert(
			fc.property(viewsOf(format), (view) => {
				expect(readRecord(encode(view, format))).toEqual([view]);
			}),
		);
	});

	it('may be followed by zero bytes, but by nothing else', () => {
		expect(readRecord(concat(bytes, new Uint8Array(1000)))).toEqual([VIEW]);
		expectRefusal(
			concat(bytes, Uint8Array.of(0, 0, 1)),
			`it declares ${bytes.length} bytes and has ${bytes.length + 3}`,
		);
		expectRefusal(concat(bytes, bytes), 'it declares');
	});

	it('may have several views', () => {
		const several = fc.array(viewsOf(format), { minLength: 2, maxLength: 5 }).map((views) =>
			// Some formats store the image once for all views.
			views.map((view) => ({ ...views[0]!, finger: view.finger ?? 0, quality: view.quality })),
		);
		fc.assert(
			fc.property(several, (views) => {
				const joined = joinRecords(
					SHAPES[format],
					views.map((view) => encode(view, format)),
				);
				expect(readRecord(joined)).toEqual(views);
			}),
			{ numRuns: 30 },
		);
	});

	it('is refused with its format if it is cut short anywhere', () => {
		for (let length = 0; length < bytes.length; length++) {
			expectRefusal(bytes.slice(0, length), length < 20 ? 'it is' : `not a usable ${TITLES[format]} record: it `);
		}
	});

	it('with any bit flipped is refused or read', () => {
		for (let bit = 0; bit < 8 * bytes.length; bit++) {
			const at = bit >> 3;
			expectRefusedOrRead(bytes.with(at, bytes[at]! ^ (1 << (bit & 7))));
		}
	});

	it('with any bytes damaged is refused or read', () => {
		const damage = fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(viewsOf(format), damage, (view, changes) => {
				const damaged = encode(view, format);
				for (const [at, value] of changes) damaged[at % damaged.length] = value;
				expectRefusedOrRead(damaged);
			}),
			{ numRuns: 1000 },
		);
	});

	it('keeps a realistic touch within the precision of the format', () => {
		const touch = new SyntheticFinger(3).touch({ dpi: 512 });
		const [read] = readRecord(encode({ ...touch, minutiae: touch.minutiae.map(wholePixels) }, format));
		for (const [i, minutia] of touch.minutiae.entries()) {
			const { x, y, angle } = read!.minutiae[i]!;
			expect(Math.hypot(x - minutia.x, y - minutia.y)).toBeLessThanOrEqual(1.42);
			expect(Math.cos(angle - minutia.angle)).toBeGreaterThanOrEqual(Math.cos(Math.PI / 180));
		}
	});
});

describe('readRecord', () => {
	it('reads any bytes after a signature, or refuses them', () => {
		const heads = ['FMR\0 20\0', 'FMR\x00030\0', 'FMR\x00035\0', 'FMR\0', ''].map((head) =>
			Buffer.from(head, 'latin1'),
		);
		fc.assert(
			fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 120 }), (head, rest) =>
				expectRefusedOrRead(concat(head, rest)),
			),
			{ numRuns: 3000 },
		);
	});

	it('reads a length of 6 bytes in a record of ANSI INCITS 378-2004', () => {
		const length = fromHex('0000 00000030');
		expect(readRecord(concat(ANSI_2004.subarray(0, 8), length, ANSI_2004.subarray(10)))).toEqual([VIEW]);
	});

	it('reads a record of ANSI INCITS 378-2009 after amendment 1', () => {
		expect(readRecord(ansi2009Record([VIEW], '035'))).toEqual([VIEW]);
	});

	it('tells ANSI INCITS 378-2009 from ISO/IEC 19794-2:2011 whatever the vendor and equipment', () => {
		const vendors = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 0xffff }));
		fc.assert(
			fc.property(vendors, fc.nat(500), arbitraryViews(180), (vendor, equipment, view) => {
				// Vendor 1 and an equipment close to the length of the record read as the count and the length of an ISO record.
				fc.pre(vendor !== 1 || Math.abs(equipment - 6 * view.minutiae.length - 25) > 10);
				expect(readRecord(ansi2009Record([view], '030', vendor, equipment))).toEqual([view]);
			}),
		);
	});

	it('reads an ANSI INCITS 378-2009 record whose vendor and equipment read as views of ISO/IEC 19794-2:2011', () => {
		fc.assert(
			fc.property(fc.nat(500), arbitraryViews(180), (equipment, view) => {
				expect(readRecord(ansi2009Record([view], '030', 2, equipment))).toEqual([view]);
			}),
			{ numRuns: 300 },
		);
	});

	it('tells ISO/IEC 19794-2:2005 from ANSI INCITS 378-2004 in records of more than 65 535 bytes', () => {
		const extended = new Uint8Array(0xffff).fill(7);
		const view = concat(fromHex('00 00 50 00 ffff'), extended);
		const header = Buffer.from(ISO_2005.subarray(0, 24));
		header.writeUInt32BE(24 + 2 * view.length, 8);
		header[22] = 2;
		expect(readRecord(concat(header, view, view))).toHaveLength(2);
	});

	it('reads quality and certification blocks of ISO/IEC 19794-2:2011, and minutiae without quality', () => {
		const record = fromHex(
			`464d5200 30333000 0000004a 0001 01 0000003b 07e0010203040506 07 12 0001 0002 02 37 0001 0002 ff 0001 0002 02 000102 030405
			03 01 00c5 00c5 18 0184 0176 50 01 4064 00cb 40 0003 010203`.replaceAll(/\s/g, ''),
		);
		const minutia = { ...VIEW.minutiae[0]!, quality: 0 };
		expect(readRecord(record)).toEqual([{ ...VIEW, finger: 3, quality: 55, minutiae: [minutia] }]);
	});

	it.each([
		['a PNG image', Buffer.from('\x89PNG\r\n', 'latin1'), 'it is a PNG image: a minutiae record is needed'],
		['nothing', Buffer.of(), 'it is empty: a minutiae record is needed'],
		[
			'an unknown version',
			Buffer.from('FMR\0 99\0 and more bytes', 'latin1'),
			'it is a minutiae record of an unknown version',
		],
	])('names what it is given: %s', (_what, bytes, message) => {
		expectRefusal(bytes, message);
	});
});

describe('convertRecord', () => {
	it('returns the same bytes if neither a finger nor a format is requested', () => {
		expect(convertRecord(ISO_2005, 0, 'iso-19794-2:2005')).toBe(ISO_2005);
	});

	it.each(TEMPLATE_FORMATS)('writes %s with the finger position', (format) => {
		const converted = convertRecord(convertRecord(ISO_2005, 3, 'iso-19794-2:2005'), 7, format);
		expect(converted).toEqual(BYTES[format]);
	});
});

function wholePixels<T extends { x: number; y: number }>(minutia: T): T {
	return { ...minutia, x: Math.floor(minutia.x), y: Math.floor(minutia.y) };
}

function expectRefusal(bytes: Uint8Array, message: string): void {
	const act = () => readRecord(bytes);
	expect(act).toThrow(ServiceError);
	expect(act).toThrow(expect.objectContaining({ error: 'INVALID_MESSAGE', message: expect.stringContaining(message) }));
}

/** Expects INVALID_MESSAGE, or views that the service can write again. */
function expectRefusedOrRead(bytes: Uint8Array): void {
	let views: readonly FingerView[];
	try {
		views = readRecord(bytes);
	} catch (error) {
		expect(error).toMatchObject({ name: 'ServiceError', error: 'INVALID_MESSAGE' });
		return;
	}
	for (const view of views) {
		expect(readRecord(writeRecord(view, 'iso-19794-2:2005'))[0]).toMatchObject({
			width: view.width,
			finger: view.finger,
		});
	}
}
