import fc from 'fast-check';

/** A change of some bytes. `at` is a fraction of the length, so that it selects a place in a file of any length. */
interface ByteMutation {
	readonly kind: 'overwrite' | 'insert' | 'remove' | 'repeat' | 'truncate';
	readonly at: number;
	/** Whether `at` counts from the start, in bytes: headers are short and decide how everything else is read. */
	readonly isNearStart: boolean;
	readonly length: number;
	readonly bytes: readonly number[];
}

/** Numbers at the limits of lengths and offsets, as bytes in both orders. */
const LIMITS: readonly (readonly number[])[] = [
	...[[0], [1], [0x7f], [0x80], [0xfe], [0xff]],
	...[
		[0, 0],
		[0xff, 0xff],
		[0x7f, 0xff],
		[0xff, 0x7f],
		[0x80, 0],
		[0, 0x80],
		[0x10, 0],
		[0x10, 0x01],
	],
	...[
		[0, 0, 0, 0],
		[0xff, 0xff, 0xff, 0xff],
		[0x7f, 0xff, 0xff, 0xff],
		[0xff, 0xff, 0xff, 0x7f],
		[0x80, 0, 0, 0],
		[0, 0, 0, 0x80],
	],
	...[
		[0, 0, 0x10, 0],
		[0, 0x10, 0, 0],
		[0, 0, 0x10, 0x01],
		[0x01, 0x10, 0, 0],
	],
];

const mutation: fc.Arbitrary<ByteMutation> = fc.record({
	kind: fc.oneof(
		{ weight: 6, arbitrary: fc.constant('overwrite' as const) },
		{
			weight: 1,
			arbitrary: fc.constantFrom('insert' as const, 'remove' as const, 'repeat' as const, 'truncate' as const),
		},
	),
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	isNearStart: fc.boolean(),
	length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 300 })),
	bytes: fc.oneof(fc.constantFrom(...LIMITS), fc.array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 4 })),
});

/** Bytes at the start of a file that are changed more often than the rest. */
const START_BYTES = 64;

/** Changes valid files in up to four places; some stay unchanged. */
export function mutatedBytes(valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
	return fc
		.tuple(valid, fc.array(mutation, { maxLength: 4 }))
		.map(([bytes, mutations]) => mutations.reduce<Uint8Array>(mutate, bytes));
}

function mutate(file: Uint8Array, { kind, at, isNearStart, length, bytes }: ByteMutation): Uint8Array {
	const start = Math.floor(at * (isNearStart ? Math.min(START_BYTES, file.length) : file.length));
	const [head, rest] = [file.subarray(0, start), file.subarray(start)];
	switch (kind) {
		case 'overwrite':
			return Buffer.concat([head, Uint8Array.from(bytes), rest.subarray(bytes.length)]);
		case 'insert':
			return Buffer.concat([head, Uint8Array.from(bytes), rest]);
		case 'remove':
			return Buffer.concat([head, rest.subarray(length)]);
		case 'repeat':
			return Buffer.concat([head, rest.subarray(0, length), rest]);
		case 'truncate':
			return head;
	}
}
