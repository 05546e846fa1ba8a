import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readDataFile } from '../config/data-folder.ts';
import { ApiKeyFile } from './api-key-file.ts';
import { createRecord } from './key-record.ts';

vi.mock('../config/data-folder.ts', { spy: true });

let dataDir: string;

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'key-file-'));
});

afterEach(() => rm(dataDir, { recursive: true }));

it('does not return a state that an update has replaced while it was read', async () => {
	const record = createRecord({ name: 'Shop', environment: 'test' }, 'a'.repeat(64), 0);
	await new ApiKeyFile(dataDir).update(() => [record]);
	const file = new ApiKeyFile(dataDir);
	let resume = () => {};
	const paused = new Promise<void>((resolve) => (resume = resolve));
	const reached = new Promise<void>((resolve) => {
		vi.mocked(readDataFile).mockImplementationOnce(async (path) => {
			const text = await readFile(path, 'utf8');
			resolve();
			await paused;
			return text;
		});
	});
	const reading = file.readIfChanged();
	await reached;
	await file.update(() => []);
	resume();
	expect(await reading).toBeUndefined();
});
