import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
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
	it('admits one caller at a time', async () => {
		let running = 0;
		const calls = Array.from({ length: 8 }, () =>
			withFileLock(path, async () => {
				running += 1;
				await readdir(folder);
				expect(running).toBe(1);
				running -= 1;
				return 'done';
			}),
		);
		expect(await Promise.all(calls)).toEqual(Array(8).fill('done'));
		expect(await readdir(folder)).toEqual([]);
	});

	it('is released when the action fails', async () => {
		const failing = withFileLock(path, () => Promise.reject(new Error('failed')));
		await expect(failing).rejects.toThrow('failed');
		expect(await readdir(folder)).toEqual([]);
	});

	it('times out while a running process holds it', async () => {
		await writeFile(`${path}.lock`, String(process.pid));
		const waiting = withFileLock(path, async () => 'in', { waitTimeoutMs: 40 });
		await expect(waiting).rejects.toMatchObject({ error: 'DB_QUERY_FAILED', details: { file: path } });
		expect(await readdir(folder)).toEqual(['keys.json.lock']);
	});

	it('is taken over when it is too old, even from a running process', async () => {
		await writeFile(`${path}.lock`, String(process.pid));
		await utimes(`${path}.lock`, new Date(0), new Date(0));
		expect(await withFileLock(path, async () => 'in', { waitTimeoutMs: 0 })).toBe('in');
	});

	it('that was taken over during a suspension refuses what its former holder wants to write, and is left to the new holder', async () => {
		const lock = `${path}.lock`;
		const suspended = Promise.withResolvers<void>();
		const resumed = Promise.withResolvers<void>();
		const first = withFileLock(path, async (confirm) => {
			suspended.resolve();
			await resumed.promise;
			await confirm();
			return 'written';
		});
		await suspended.promise;
		await utimes(lock, new Date(0), new Date(0));
		await withFileLock(
			path,
			async (confirm) => {
				await confirm();
				resumed.resolve();
				await expect(first).rejects.toMatchObject({
					error: 'DB_QUERY_FAILED',
					message: expect.stringContaining('was suspended'),
					details: { file: path },
				});
				await confirm();
			},
			{ waitTimeoutMs: 0 },
		);
		expect(await readdir(folder)).toEqual([]);
	});

	it('is taken over from a dead process', async () => {
		const child = spawn(process.execPath, ['-e', '']);
		await once(child, 'exit');
		await writeFile(`${path}.lock`, String(child.pid));
		expect(await withFileLock(path, async () => 'in', { waitTimeoutMs: 0 })).toBe('in');
	});

	it('is taken over by exactly one of many waiters', async () => {
		await writeFile(`${path}.lock`, '');
		await utimes(`${path}.lock`, new Date(0), new Date(0));
		let running = 0;
		const calls = Array.from({ length: 20 }, () =>
			withFileLock(path, async () => {
				running += 1;
				await readdir(folder);
				expect(running).toBe(1);
				running -= 1;
			}),
		);
		await Promise.all(calls);
		expect(await readdir(folder)).toEqual([]);
	});

	it('is not removed when another waiter has taken it over after the check', async () => {
		await writeFile(`${path}.lock`, '');
		await utimes(`${path}.lock`, new Date(0), new Date(0));
		vi.mocked(readFile).mockImplementationOnce(async () => {
			// Another waiter replaces the old lock between the check and the removal.
			await rm(`${path}.lock`);
			await writeFile(`${path}.lock`, String(process.pid));
			return '99999999';
		});
		await expect(withFileLock(path, async () => 'in', { waitTimeoutMs: 0 })).rejects.toThrow('in use');
		expect(await readdir(folder)).toEqual(['keys.json.lock']);
		expect(await readFile(`${path}.lock`, 'utf8')).toBe(String(process.pid));
	});

	it('is not taken over while another waiter is taking it over', async () => {
		await writeFile(`${path}.lock`, '');
		await utimes(`${path}.lock`, new Date(0), new Date(0));
		await writeFile(`${path}.lock.clearing`, String(process.pid));
		await expect(withFileLock(path, async () => 'in', { waitTimeoutMs: 0 })).rejects.toThrow('in use');
		expect(await readdir(folder)).toEqual(['keys.json.lock', 'keys.json.lock.clearing']);
	});

	it('is taken over after another process died while taking it over', async () => {
		for (const lock of [`${path}.lock`, `${path}.lock.clearing`]) {
			await writeFile(lock, '');
			await utimes(lock, new Date(0), new Date(0));
		}
		expect(await withFileLock(path, async () => 'in')).toBe('in');
		expect(await readdir(folder)).toEqual([]);
	});

	it('is not taken over while it is new and does not contain a process id yet', async () => {
		await writeFile(`${path}.lock`, '');
		await expect(withFileLock(path, async () => 'in', { waitTimeoutMs: 0 })).rejects.toThrow('in use');
	});

	it('is taken over a second later from a process that died before it wrote its id', async () => {
		await writeFile(`${path}.lock`, '');
		expect(await withFileLock(path, async () => 'in', { waitTimeoutMs: 5_000 })).toBe('in');
	});

	it('is not held by a process that was suspended before it wrote its id, when another has taken it over', async () => {
		const { open: reallyOpen } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
		vi.mocked(open).mockImplementationOnce(async (...args) => {
			const file = await reallyOpen(...args);
			await rm(`${path}.lock`);
			await writeFile(`${path}.lock`, String(process.ppid));
			return file;
		});
		await expect(withFileLock(path, async () => 'in', { waitTimeoutMs: 40 })).rejects.toThrow('in use');
		expect(await readFile(`${path}.lock`, 'utf8')).toBe(String(process.ppid));
	});

	it('reports why it cannot be used', async () => {
		await mkdir(`${path}.lock`);
		await expect(withFileLock(path, async () => 'in')).rejects.toThrow(`${path}.lock cannot be used (EISDIR)`);
		const missing = join(folder, 'missing', 'keys.json');
		await expect(withFileLock(missing, async () => 'in')).rejects.toMatchObject({
			error: 'DB_QUERY_FAILED',
			message: expect.stringContaining(`${missing}.lock cannot be used (ENOENT)`),
		});
	});
});
