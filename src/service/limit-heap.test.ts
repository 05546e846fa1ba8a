import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const MEGABYTE = 2 ** 20;

/** Prints how much the space for new objects has grown, bytes, while many objects survived their first collections. */
const SCRIPT = `
	import { getHeapSpaceStatistics } from 'node:v8';
	const newSpace = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size;
	const kept = [];
	const before = newSpace();
	for (let i = 0; i < 2_000_000; i++) kept[i % 100_000] = { i };
	console.log(newSpace() - before);`;

async function growth(beginning: string): Promise<number> {
	const args = ['--input-type=module', '--eval', `${beginning}\n${SCRIPT}`];
	return Number((await promisify(execFile)(process.execPath, args)).stdout);
}

it('limitHeap keeps the space for new objects at its size, which otherwise grows', async () => {
	const limit = `import { limitHeap } from '${new URL('./limit-heap.ts', import.meta.url).href}'; limitHeap();`;
	expect(await growth('')).toBeGreaterThan(8 * MEGABYTE);
	// V8 reports half of the space until it is used for the first time.
	expect(await growth(limit)).toBeLessThanOrEqual(MEGABYTE);
});
