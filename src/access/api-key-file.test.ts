import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readDataFile } from '../config/data-folder.ts';
import { ApiKeyFile } from './api-key-file.ts';
import { createRecord } from './key-record.ts';

vi.mock('../config/data-folder.ts', { spy: true });

const record = createRecord({ name: 'Shop', environment: 'test' }, 'a'.repeat(64), 0);

let dataDir: string;

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'key-file-'));
});

afterEach(() => rm(dataDir, { recursive: true }));

it('does not return a state that an update has replaced while it was read', async () => {
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

it('does not undo a change that another process made while this one was suspended', async () => {
	await new ApiKeyFile(dataDir).update(() => [record]);
	const path = join(dataDir, 'keys.json');
	const change = new ApiKeyFile(dataDir).update((records) => {
		// The other process has taken the lock over, revoked the key and released the lock.
		rmSync(`${path}.lock`);
		writeFileSync(path, readFileSync(path, 'utf8').replace(record.name, 'Revoked meanwhile'));
		return records;
	});
	await expect(change).rejects.toMatchObject({ error: 'DB_QUERY_FAILED', details: { file: path } });
	expect(await new ApiKeyFile(dataDir).update((records) => records)).toMatchObject([{ name: 'Revoked meanwhile' }]);
});
