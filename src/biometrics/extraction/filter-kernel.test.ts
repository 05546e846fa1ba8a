import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FilterKernel, growMemory, loadFilterKernel, loadModule, loadScript, TILE } from './filter-kernel.ts';

const { Memory: WebAssemblyMemory } = (globalThis as unknown as { WebAssembly: { Memory: unknown } }).WebAssembly;
const STRIDE = 10;
const SOURCE = 0;
const TARGET = 400;
const TAPS = 800;

afterEach(() => vi.unstubAllGlobals());

/** Filters the square at (3, 3) of an image of 10 x 10 pixels. */
function filter(
	{ memory, filterTile }: FilterKernel,
	image: readonly number[],
	taps: readonly { distance: number; weight: number }[],
): number[] {
	growMemory(memory, TAPS + 8 * taps.length);
	new Float32Array(memory.buffer, SOURCE).set(image);
	const view = new DataView(memory.buffer, TAPS);
	for (const [i, { distance, weight }] of taps.entries()) {
		view.setInt32(8 * i, 4 * distance, true);
		view.setFloat32(8 * i + 4, weight, true);
	}
	const first = 4 * (3 * STRIDE + 3);
	filterTile(SOURCE + first, TARGET + first, 4 * STRIDE, TAPS, TAPS + 8 * taps.length);
	return Array.from(new Float32Array(memory.buffer, TARGET, STRIDE * STRIDE));
}

describe.each([
	['module', loadModule],
	['script', loadScript],
])('FilterTile of the %s', (_, load) => {
	const image = Array.from({ length: STRIDE * STRIDE }, (_, i) => (i * 7) % 32);

	it('sums the weighted pixels around each of the 16 pixels and writes no others', () => {
		const taps = [
			{ distance: -2 * STRIDE - 1, weight: 0.5 },
			{ distance: 0, weight: -2 },
			{ distance: STRIDE + 2, weight: 3 },
		];
		const expected = image.map((_, i) => {
			const isInside = i % STRIDE >= 3 && i % STRIDE < 3 + TILE && i >= 3 * STRIDE && i < (3 + TILE) * STRIDE;
			return isInside ? taps.reduce((sum, { distance, weight }) => sum + weight * image[i + distance]!, 0) : 0;
		});
		expect(filter(load(), image, taps)).toEqual(expected);
	});

	it('applies a single tap', () => {
		expect(filter(load(), image, [{ distance: 1, weight: 1 }])[33]).toBe(image[34]);
	});

	it('reads the memory again after it has grown', () => {
		const kernel = load();
		filter(kernel, image, [{ distance: 0, weight: 1 }]);
		growMemory(kernel.memory, 100_000);
		expect(filter(kernel, image, [{ distance: 0, weight: 2 }])[33]).toBe(2 * image[33]!);
	});
});

describe('loadFilterKernel', () => {
	const image = Array.from({ length: STRIDE * STRIDE }, (_, i) => Math.sin(i));
	const taps = Array.from({ length: 9 }, (_, i) => ({ distance: i - 4, weight: Math.cos(i) / 3 }));

	it('loads a loop whose sums are those of the module and of the script, bit by bit', () => {
		const sums = [loadFilterKernel, loadModule, loadScript].map((load) => filter(load(), image, taps));
		expect(sums[1]).toEqual(sums[0]);
		expect(sums[2]).toEqual(sums[0]);
	});

	it('loads the script where the processor cannot run the module', () => {
		vi.stubGlobal('WebAssembly', {
			Memory: WebAssemblyMemory,
			validate: () => false,
			Module: class {
				constructor() {
					throw new Error('no such instruction');
				}
			},
		});
		expect(filter(loadFilterKernel(), image, taps)[33]).not.toBe(0);
	});
});
