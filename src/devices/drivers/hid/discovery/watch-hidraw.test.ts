import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchHidrawIn } from './watch-hidraw.ts';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'watch-hidraw-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('watchHidrawIn', () => {
	it('reports hidraw device nodes only', async () => {
		let changes = 0;
		let endWatch = () => {};
		const changed = new Promise<void>((resolve, reject) => {
			endWatch = watchHidrawIn(folder)(() => {
				changes++;
				resolve();
			}, reject);
		});
		await writeFile(join(folder, 'tty7'), '');
		// Changes are reported in order, so a report of the first file would arrive before that of the second.
		expect(changes).toBe(0);
		await writeFile(join(folder, 'hidraw0'), '');
		await changed;
		endWatch();
	});

	it('throws for a folder that cannot be watched', () => {
		expect(() =>
			watchHidrawIn(join(folder, 'none'))(
				() => {},
				() => {},
			),
		).toThrow('ENOENT');
	});
});
