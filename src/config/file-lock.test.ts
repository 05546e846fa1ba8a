import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withFileLock } from './file-lock.ts';

vi.mock('node:fs/promises', { spy: true });

let folder: string;
let path: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'file-lock-'));
	path = join(folder, 'keys.json');
});

afterEach(() => rm(folder, { recursive: true }));

describe('a file lock', () => {
	it('lets one caller in at a time', async () => {
		let inside = 0;
		const visits = Array.from({ length: 8 }, () =>
			withFileLock(path, async () => {
				inside += 1;
				await readdir(folder);
				expect(inside).toBe(1);
				inside -= 1;
				return 'done';
			}),
		);
		expect(await Promise.all(visits)).toEqual(Array(8).fill('done'));
		expect(await readdir(folder)).toEqual([]);
	});

	it('is released when the action fails', async () => {
		const failing = withFileLock(path, () => Promise.reject(new Error('no luck')));
		await expect(failing).rejects.toThrow('no luck');
		expect(await readdir(folder)).toEqual([]);
	});

	it('gives up when a living process keeps it', async () => {
		await writeFile(`${path}.lock`, String(process.pid));
		const waiting = withFileLock(path, async () => 'in', { waitMs: 40 });
		await expect(waiting).rejects.toMatchObject({ error: 'DB_QUERY_FAILED', details: { file: path } });
		expect(await readdir(folder)).toEqual(['keys.json.lock']);
	});

	it('is taken over when too old, whoever made it', async () => {
		await writeFile(`${path}.lock`, String(process.pid));
		await utimes(`${path}.lock`, new Date(0), new Date(0));
		expect(await withFileLock(path, async () => 'in', { waitMs: 0 })).toBe('in');
	});

	it('is taken over from a dead process', async () => {
		const child = spawn(process.execPath, ['-e', '']);
		await once(child, 'exit');
		await writeFile(`${path}.lock`, String(child.pid));
		expect(await withFileLock(path, async () => 'in', { waitMs: 0 })).toBe('in');
	});

	it('is taken over by one alone, however many wait', async () => {
		await writeFile(`${path}.lock`, '');
		await utimes(`${path}.lock`, new Date(0), new Date(0));
		let inside = 0;
		const visits = Array.from({ length: 20 }, () =>
			withFileLock(path, async () => {
				inside += 1;
				await readdir(folder);
				expect(inside).toBe(1);
				inside -= 1;
			}),
		);
		await Promise.all(visits);
		expect(await readdir(folder)).toEqual([]);
	});

	it('stays with a rival who took it over a moment earlier', async () => {
		await writeFile(`${path}.lock`, '');
		await utimes(`${path}.lock`, new Date(0), new Date(0));
		vi.mocked(readFile).mockImplementationOnce(async () => {
			// Between the look and the removal, the rival puts its own in the place of the old lock.
			await rm(`${path}.lock`);
			await writeFile(`${path}.lock`, String(process.pid));
			return '99999999';
		});
		await expect(withFileLock(path, async () => 'in', { waitMs: 0 })).rejects.toThrow('in use');
		expect(await readdir(folder)).toEqual(['keys.json.lock']);
		expect(await readFile(`${path}.lock`, 'utf8')).toBe(String(process.pid));
	});

	it('is left to a rival who is about to take it over', async () => {
		await writeFile(`${path}.lock`, '');
		await utimes(`${path}.lock`, new Date(0), new Date(0));
		await writeFile(`${path}.lock.clearing`, String(process.pid));
		await expect(withFileLock(path, async () => 'in', { waitMs: 0 })).rejects.toThrow('in use');
		expect(await readdir(folder)).toEqual(['keys.json.lock', 'keys.json.lock.clearing']);
	});

	it('is taken over also where somebody died while taking it over', async () => {
		for (const lock of [`${path}.lock`, `${path}.lock.clearing`]) {
			await writeFile(lock, '');
			await utimes(lock, new Date(0), new Date(0));
		}
		expect(await withFileLock(path, async () => 'in')).toBe('in');
		expect(await readdir(folder)).toEqual([]);
	});

	it('waits for one that was created and does not name its holder yet', async () => {
		await writeFile(`${path}.lock`, '');
		await expect(withFileLock(path, async () => 'in', { waitMs: 0 })).rejects.toThrow('in use');
	});

	it('says why it cannot be used', async () => {
		await mkdir(`${path}.lock`);
		await expect(withFileLock(path, async () => 'in')).rejects.toThrow(`${path}.lock cannot be used (EISDIR)`);
		const nowhere = join(folder, 'missing', 'keys.json');
		await expect(withFileLock(nowhere, async () => 'in')).rejects.toMatchObject({
			error: 'DB_QUERY_FAILED',
			message: expect.stringContaining(`${nowhere}.lock cannot be used (ENOENT)`),
		});
	});
});
