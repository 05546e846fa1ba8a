import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
	checkDataDir,
	dataDirWarning,
	parseDataFile,
	prepareDataDir,
	readDataFile,
	resolveDataDir,
	writeDataFile,
} from './data-folder.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'data-folder-'));
});

afterEach(async () => {
	await chmod(folder, 0o700);
	await rm(folder, { recursive: true });
});

describe('the data folder', () => {
	it('is the one in the flag, else in the environment, else the configuration folder of the platform', () => {
		const env = { FINGERPRINT_DATA_DIR: 'from-env' };
		expect(resolveDataDir({ flag: 'from-flag', env })).toBe(resolve('from-flag'));
		expect(resolveDataDir({ flag: undefined, env })).toBe(resolve('from-env'));
		expect(resolveDataDir({ env: {} })).toMatch(/fingerprint-service/);
	});

	it('is created with its parents, accessible only to its owner, and may exist already', async () => {
		const path = join(folder, 'a', 'b');
		await prepareDataDir(path);
		await prepareDataDir(path);
		if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o700);
	});

	it('is checked without being created', async () => {
		expect(await checkDataDir(folder)).toBe(true);
		expect(await checkDataDir(join(folder, 'a', 'b'))).toBe(false);
		expect(await readdir(folder)).toEqual([]);
	});

	it.each([
		['is a file', prepareDataDir, 'file'],
		['is a file', checkDataDir, 'file'],
		['is inside a file', prepareDataDir, 'file/a'],
		['is inside a file', checkDataDir, 'file/a'],
	])('that %s is refused by %o', async (_what, use, name) => {
		await writeFile(join(folder, 'file'), '');
		const path = join(folder, name);
		await expect(use(path)).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: expect.stringContaining(path),
			details: { file: path },
		});
	});

	it.skipIf(process.platform === 'win32').each([prepareDataDir, checkDataDir])(
		'that every user can write to is refused by %o with the command that corrects it',
		async (use) => {
			await chmod(folder, 0o1707);
			await expect(use(folder)).rejects.toMatchObject({
				error: 'CONFIGURATION_ERROR',
				message: expect.stringMatching(
					`^The data folder ${folder} can be changed by every user of this computer.*chmod 700`,
				),
				details: { file: folder },
			});
			await chmod(folder, 0o705);
			await use(folder);
		},
	);

	it.skipIf(process.platform === 'win32')('that a group can write to gives a warning', async () => {
		await chmod(folder, 0o770);
		await prepareDataDir(folder);
		expect(await dataDirWarning(folder)).toContain(`chmod 700 ${folder}`);
		await chmod(folder, 0o750);
		expect(await dataDirWarning(folder)).toBeUndefined();
		expect(await dataDirWarning(join(folder, 'missing'))).toBeUndefined();
	});

	it.skipIf(isRoot)('that is read-only is refused', async () => {
		await chmod(folder, 0o500);
		await expect(prepareDataDir(folder)).rejects.toThrow(`${folder} cannot be used (EACCES)`);
		await expect(checkDataDir(join(folder, 'a'))).rejects.toThrow(`${join(folder, 'a')} cannot be used (EACCES)`);
	});
});

describe('a file of the data folder', () => {
	it('is read as it was written, and is replaced without leaving temporary files', async () => {
		const path = join(folder, 'keys.json');
		await writeDataFile(path, 'old', { mode: 0o600 });
		await writeDataFile(path, 'new', { mode: 0o600 });
		expect(await readDataFile(path)).toBe('new');
		expect(await readdir(folder)).toEqual(['keys.json']);
		if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
	});

	it('is read as undefined when it is missing', async () => {
		expect(await readDataFile(join(folder, 'keys.json'))).toBeUndefined();
	});

	it('is named in the error when it cannot be read', async () => {
		await expect(readDataFile(folder)).rejects.toMatchObject({
			error: 'CONFIGURATION_ERROR',
			message: expect.stringContaining(`${folder} cannot be read (EISDIR)`),
			details: { file: folder },
		});
	});

	it('is named in the error when it cannot be written', async () => {
		const path = join(folder, 'missing', 'keys.json');
		await expect(writeDataFile(path, '', { mode: 0o600 })).rejects.toMatchObject({
			error: 'DB_QUERY_FAILED',
			message: expect.stringContaining(`${path} cannot be written (ENOENT)`),
			details: { file: path },
		});
	});
});

describe('a JSON file of the data folder', () => {
	const schema = z.object({ readers: z.array(z.object({ id: z.string() })) });

	it('is parsed, also after a byte order mark', () => {
		expect(parseDataFile('devices.json', '\uFEFF{"readers":[{"id":"device-001"}]}', schema)).toEqual({
			readers: [{ id: 'device-001' }],
		});
	});

	it('that is nested too deeply to be written again is refused with the file', () => {
		const text = `{"readers":[],"more":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
		expect(() => parseDataFile('devices.json', text, schema)).toThrow(/^devices.json is not valid JSON/);
	});

	it.each([
		['{"readers":', undefined, 'devices.json is not valid JSON'],
		['', undefined, 'devices.json is not valid JSON'],
		['[]', 'the file', 'devices.json: the file is damaged'],
		['{"readers":[{"id":1}]}', 'readers.0.id', 'devices.json: readers.0.id is damaged'],
	])('that contains %j is refused with the file and the field', (text, field, message) => {
		expect(() => parseDataFile('devices.json', text, schema)).toThrow(
			expect.objectContaining({
				error: 'CONFIGURATION_ERROR',
				message: expect.stringContaining(message),
				details: field === undefined ? { file: 'devices.json' } : { file: 'devices.json', field },
			}),
		);
	});
});
