import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeDataFile } from './data-folder.ts';
import { watchDataFile } from './watch-data-file.ts';

let folder: string;
let path: string;
let stop = () => {};

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'watch-data-file-'));
	path = join(folder, 'keys.json');
});

afterEach(async () => {
	stop();
	await rm(folder, { recursive: true, force: true });
});

const DEADLINE = { timeout: 20_000 };

it('reports when the file is created, replaced and deleted', async () => {
	const changed = vi.fn();
	stop = watchDataFile(path, changed);
	for (const change of [
		() => writeFile(path, ''),
		() => writeDataFile(path, 'new', { mode: 0o600 }),
		() => writeDataFile(path, 'newer', { mode: 0o600 }),
		() => rm(path),
	]) {
		changed.mockClear();
		await change();
		await vi.waitFor(() => expect(changed).toHaveBeenCalled(), DEADLINE);
	}
});

it('ignores the other files of the folder', async () => {
	const [changed, otherChanged] = [vi.fn(), vi.fn()];
	stop = watchDataFile(path, changed);
	const stopOther = watchDataFile(join(folder, 'other.json'), otherChanged);
	await writeFile(join(folder, 'other.json'), '');
	await vi.waitFor(() => expect(otherChanged).toHaveBeenCalled(), DEADLINE);
	stopOther();
	expect(changed).not.toHaveBeenCalled();
});

it('polls once a second when the folder cannot be watched', async () => {
	await rm(folder, { recursive: true });
	const changed = vi.fn();
	stop = watchDataFile(path, changed);
	// The first poll reports that there is no file.
	await vi.waitFor(() => expect(changed).toHaveBeenCalled(), DEADLINE);
	changed.mockClear();
	await mkdir(folder);
	await writeFile(path, '');
	await vi.waitFor(() => expect(changed).toHaveBeenCalled(), DEADLINE);
});
