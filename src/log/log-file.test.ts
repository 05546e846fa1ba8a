import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LogFile } from './log-file.ts';

const TWO_MEGABYTES = 2 * 1024 ** 2;
let dir: string;
let report: (problem: string) => void;

beforeEach(async () => {
	dir = join(await mkdtemp(join(tmpdir(), 'log-file-')), 'logs');
	report = vi.fn();
});

afterEach(() => rm(join(dir, '..'), { recursive: true }));

const read = (name: string) => readFile(join(dir, name), 'utf8');

describe('the log file', () => {
	it('contains the lines unchanged and in order, and is accessible only to its owner', async () => {
		const file = new LogFile(dir, report);
		const lines = ['first', '%c %s {text} é', 'third'];
		for (const line of lines) file.write(line);
		await file.flush();
		expect((await read('main.log')).split(/\r?\n/)).toEqual([...lines, '']);
		if (process.platform !== 'win32') expect((await stat(join(dir, 'main.log'))).mode & 0o777).toBe(0o600);
		expect(report).not.toHaveBeenCalled();
	});

	it('is not created before the first line', async () => {
		await new LogFile(dir, report).flush();
		expect(await readdir(join(dir, '..'))).toEqual([]);
	});

	it('is extended by the next run', async () => {
		await mkdir(dir);
		await writeFile(join(dir, 'main.log'), 'earlier\n');
		const file = new LogFile(dir, report);
		file.write('later');
		await file.flush();
		expect(await read('main.log')).toMatch(/^earlier\nlater\r?\n$/);
	});

	it('is archived above 2 MB, and only four older files are kept', async () => {
		await mkdir(dir);
		const file = new LogFile(dir, report);
		for (let run = 1; run <= 6; run++) {
			file.write(`run ${run}`.padEnd(TWO_MEGABYTES));
		}
		file.write('last');
		await file.flush();
		expect((await readdir(dir)).toSorted()).toEqual([
			'main.1.log',
			'main.2.log',
			'main.3.log',
			'main.4.log',
			'main.log',
		]);
		const starts = await Promise.all(['main.log', 'main.1.log', 'main.4.log'].map(read));
		expect(starts.map((text) => text.slice(0, 5))).toEqual(['last\n', 'run 6', 'run 3']);
		expect(report).not.toHaveBeenCalled();
	});

	it('starts empty when it cannot be archived, and reports this once', async () => {
		await mkdir(join(dir, 'main.3.log', 'full'), { recursive: true });
		await mkdir(join(dir, 'main.4.log', 'full'), { recursive: true });
		const file = new LogFile(dir, report);
		for (const line of ['one', 'two', 'three']) file.write(line.padEnd(TWO_MEGABYTES));
		await file.flush();
		expect(await read('main.log')).toMatch(/^three +\r?\n$/);
		expect(report).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(dir));
	});

	it('loses lines and reports this once when it cannot be written', async () => {
		await writeFile(dir, 'a file where the folder should be');
		const file = new LogFile(dir, report);
		file.write('one');
		file.write('two');
		await file.flush();
		expect(report).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(`The log in ${dir} cannot be written`));
	});

	it('reports once that the disk failed after some lines', async () => {
		const file = new LogFile(dir, report);
		file.write('one');
		await file.flush();
		await rm(dir, { recursive: true });
		file.write('two');
		file.write('three');
		await file.flush();
		expect(report).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('ENOENT'));
	});
});
