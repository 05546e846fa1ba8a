/*
 * The inner loop of the filters as a WebAssembly module, because JavaScript has no instructions that process four pixels at
 * once, and this loop takes most of the time of an extraction. The module is written here instruction by instruction and
 * encoded on load, so that it needs no other tool; https://webassembly.github.io/spec/core/binary/ describes the encoding.
 * Processors without SSE 4.1 cannot run it (AMD before 2011, some virtual machines); they run the same loop in JavaScript.
 */

/**
 * Filters a square of 4 x 4 pixels. All parameters are addresses in the memory of the module, in bytes.
 *
 * @param source the top left pixel in the image that is read, 32-bit floats
 * @param target the top left pixel in the image that is written
 * @param stride distance between a pixel and the pixel below it
 * @param taps the first tap; each is the distance from the filtered pixel (32-bit integer) and its weight (32-bit float)
 * @param tapsEnd the end of the last tap; there must be at least one
 */
export type FilterTile = (source: number, target: number, stride: number, taps: number, tapsEnd: number) => void;

/** Side of the square that `FilterTile` filters, pixels. */
export const TILE = 4;

/** The loop with its memory. */
export interface FilterKernel {
	/** Its buffer is replaced when it grows. */
	readonly memory: WasmMemory;
	readonly filterTile: FilterTile;
}

/** Loads the loop with an empty memory: the module, or where the processor cannot run it, the JavaScript. */
export function loadFilterKernel(): FilterKernel {
	return WebAssembly.validate(encodeModule()) ? loadModule() : loadScript();
}

/** Loads the module. @throws CompileError if the processor cannot run it */
export function loadModule(): FilterKernel {
	const memory = new WebAssembly.Memory({ initial: 0 });
	const { exports } = new WebAssembly.Instance(new WebAssembly.Module(encodeModule()), { '': { m: memory } });
	return { memory, filterTile: exports.f };
}

/** Loads the same loop in JavaScript, which takes about twice as long and gives the same sums. */
export function loadScript(): FilterKernel {
	const memory = new WebAssembly.Memory({ initial: 0 });
	let floats = new Float32Array(memory.buffer);
	let ints = new Int32Array(memory.buffer);
	const filterTile: FilterTile = (source, target, stride, taps, tapsEnd) => {
		if (floats.buffer !== memory.buffer) {
			floats = new Float32Array(memory.buffer);
			ints = new Int32Array(memory.buffer);
		}
		for (let row = 0; row < TILE; row++) {
			const from = (source + row * stride) / VALUE;
			// The four pixels of a row share each read of the filter.
			let [first, second, third, fourth] = [0, 0, 0, 0];
			for (let tap = taps / VALUE; tap < tapsEnd / VALUE; tap += 2) {
				const pixel = from + ints[tap]! / VALUE;
				const weight = floats[tap + 1]!;
				first = Math.fround(first + Math.fround(weight * floats[pixel]!));
				second = Math.fround(second + Math.fround(weight * floats[pixel + 1]!));
				third = Math.fround(third + Math.fround(weight * floats[pixel + 2]!));
				fourth = Math.fround(fourth + Math.fround(weight * floats[pixel + 3]!));
			}
			floats.set([first, second, third, fourth], (target + row * stride) / VALUE);
		}
	};
	return { memory, filterTile };
}

/** Bytes per float and integer. */
const VALUE = 4;

/** Bytes per page, the unit in which a memory grows. */
const PAGE = 2 ** 16;

/** Grows a memory, if necessary, to this size. @param size bytes */
export function growMemory(memory: WasmMemory, size: number): void {
	const missing = size - memory.buffer.byteLength;
	if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}

interface WasmMemory {
	readonly buffer: ArrayBuffer;
	/** @param pages how many to add; they are 0 */
	grow(pages: number): void;
}

/** What is used here of the interface to WebAssembly, which the types of Node do not declare. */
declare const WebAssembly: {
	readonly validate: (bytes: Uint8Array) => boolean;
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Memory: new (pages: { readonly initial: number }) => WasmMemory;
	readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly f: FilterTile } };
};

const I32 = 0x7f;
const V128 = 0x7b;

/** Local variables: the parameters, the address of a pixel, the weight of a tap and the sums of the four rows. */
const [SOURCE, TARGET, STRIDE, TAPS, TAPS_END, PIXEL, WEIGHT] = [0, 1, 2, 3, 4, 5, 6] as const;
const SUMS = [7, 8, 9, 10] as const;

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const int = (value: number) => [0x41, value];
const add = [0x6a];
const lessThan = [0x49];
/** Alignments are hints, as exponents of two; pixels are aligned to 4 bytes. */
const loadInt = [0x28, 2, 0];
const loadPixels = [0xfd, 0, 2, 0];
const storePixels = [0xfd, 11, 2, 0];
/** Loads the weight, which follows the distance, for all four pixels of a row. */
const loadWeight = [0xfd, 9, 2, 4];
const addPixels = [0xfd, 0xe4, 1];
const multiplyPixels = [0xfd, 0xe6, 1];
const end = [0x0b];
/** Repeats the instructions as long as they leave a value other than 0. */
const repeat = (body: readonly number[]) => [0x03, 0x40, ...body, 0x0d, 0, ...end];
const advance = (local: number, distance: readonly number[]) => [...get(local), ...distance, ...add, ...set(local)];

const addTap = [
	...get(SOURCE),
	...get(TAPS),
	...loadInt,
	...add,
	...set(PIXEL),
	...get(TAPS),
	...loadWeight,
	...set(WEIGHT),
	...SUMS.flatMap((sum, row) => [
		...(row === 0 ? [] : advance(PIXEL, get(STRIDE))),
		...get(sum),
		...get(PIXEL),
		...loadPixels,
		...get(WEIGHT),
		...multiplyPixels,
		...addPixels,
		...set(sum),
	]),
];

const body = [
	...repeat([...addTap, ...advance(TAPS, int(8)), ...get(TAPS), ...get(TAPS_END), ...lessThan]),
	...SUMS.flatMap((sum, row) => [
		...(row === 0 ? [] : advance(TARGET, get(STRIDE))),
		...get(TARGET),
		...get(sum),
		...storePixels,
	]),
	...end,
];

function encodeModule(): Uint8Array {
	const name = (letter: string) => [1, letter.charCodeAt(0)];
	const locals = [2, 1, I32, 1 + SUMS.length, V128];
	return Uint8Array.from([
		...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
		// One type of function: five integers, no result.
		...section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 0]),
		// The memory is imported under an empty module name.
		...section(2, [1, 0, ...name('m'), 2, 0, 0]),
		...section(3, [1, 0]),
		...section(7, [1, ...name('f'), 0, 0]),
		...section(10, [1, ...sized([...locals, ...body])]),
	]);
}

function section(id: number, content: readonly number[]): number[] {
	return [id, ...sized(content)];
}

/** Precedes bytes by their number, in two bytes of seven bits each. */
function sized(content: readonly number[]): number[] {
	return [(content.length & 0x7f) | 0x80, content.length >> 7, ...content];
}
