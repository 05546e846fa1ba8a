import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';
import { decodeIsoRecord, type GreyImage } from '../../src/biometrics/worker-engine.ts';
import { synthesiseImpression } from '../../src/devices/drivers/virtual/synthesis/impression.ts';
import { runCommand } from '../support/command.ts';
import { ISO_TEMPLATE } from '../support/iso-template.ts';
import { expect, test } from '../support/service-test.ts';

const REAL_PICTURES = fileURLToPath(new URL('../../../shared/fingerprints', import.meta.url));

const FORMATS = { png: toPng, pgm: toPgm } as const;

for (const format of ['png', 'pgm'] as const) {
	test(`extract reads a ${format} and prints what it shows and the template`, async ({ dataDir }) => {
		const picture = await writeTouch(dataDir, format);
		const { code, stdout, stderr } = await runCommand(['extract', picture], { dataDir });
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		const [summary, template] = stdout.split('\n');
		expect(summary).toMatch(/^\d+ minutiae, quality \d+.*, 300 x 375 at 500 dpi$/);
		expect(template).toMatch(ISO_TEMPLATE);
	});
}

test('extract finds the same in a PNG and a PGM of the same picture', async ({ dataDir }) => {
	const [png, pgm] = await Promise.all([writeTouch(dataDir, 'png'), writeTouch(dataDir, 'pgm')]);
	const [first, second] = await Promise.all([extractJson(png, dataDir), extractJson(pgm, dataDir)]);
	expect(first).toMatchObject({ format: 'iso-19794-2:2005', width: 300, height: 375, dpi: 500, hints: [] });
	expect(second).toEqual(first);
});

test('extract --out writes the record alone, for this user alone', async ({ dataDir }) => {
	const picture = await writeTouch(dataDir, 'png');
	const file = join(dataDir, 'finger.fmr');
	const { code, stdout } = await runCommand(['extract', picture, '--out', file], { dataDir });
	expect(code).toBe(0);
	expect(stdout).toMatch(/^\d+ minutiae, .+\n$/);

	const record = await readFile(file);
	expect(record.toString('latin1', 0, 8)).toBe('FMR\0 20\0');
	expect(record.readUInt32BE(8)).toBe(record.length);
	const { minutiae, ...header } = decodeIsoRecord(record);
	expect(header).toMatchObject({ width: 300, height: 375 });
	expect(minutiae.length).toBe(Number.parseInt(stdout, 10));
	if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.describe('what is no fingerprint', () => {
	const grey = { width: 300, height: 375, dpi: 500, data: new Uint8Array(300 * 375).fill(255) };
	const touch = synthesiseImpression({ person: 1, finger: 2, condition: 'good', seed: 1 });
	for (const [what, bytes] of [
		['an empty file', Buffer.of()],
		['text', Buffer.from('no picture at all')],
		['a PNG cut in half', toPng(touch).subarray(0, 20_000)],
		['a PGM cut in half', toPgm(touch).subarray(0, 20_000)],
		['a PGM that claims to be huge', Buffer.from('P5 99999999 99999999 255\n')],
		['a PGM in text form', Buffer.from('P2 2 2 255\n0 0 0 0\n')],
		['a white picture', toPng(grey)],
	] as const) {
		test(`${what} is refused in one line that names it`, async ({ dataDir }) => {
			const file = join(dataDir, 'picture');
			await writeFile(file, bytes);
			await expectRefusal(file, dataDir);
		});
	}

	test('a missing file is refused in one line that names it', ({ dataDir }) =>
		expectRefusal(join(dataDir, 'missing.png'), dataDir));

	test('a folder is refused in one line that names it', ({ dataDir }) => expectRefusal(dataDir, dataDir));
});

test('extract finds 12 minutiae or more on 95 % of real fingerprints', async ({ dataDir }) => {
	const pictures = await realPictures();
	test.skip(pictures.length === 0, `no ${REAL_PICTURES} here to try`);
	test.setTimeout(600_000);
	const poor: string[] = [];
	for (const picture of pictures) {
		const { stdout, stderr } = await runCommand(['extract', picture], { dataDir });
		if (!(Number.parseInt(stdout, 10) >= 12)) poor.push(`${picture}: ${stdout}${stderr}`);
	}
	expect(poor.length / pictures.length, poor.join('')).toBeLessThanOrEqual(0.05);
});

/** One impression of each finger of the sets whose pictures measure 300 x 300 at least. */
async function realPictures(): Promise<string[]> {
	const sets = ['fvc2002_db1b', 'fvc2004_db1b', 'neuro_uareu'].map((set) => join(REAL_PICTURES, set));
	const names = await Promise.all(sets.map((set) => readdir(set).catch(() => [])));
	return sets.flatMap((set, index) =>
		(names[index] ?? []).filter((name) => name.endsWith('_1.png')).map((name) => join(set, name)),
	);
}

async function expectRefusal(file: string, dataDir: string): Promise<void> {
	const { code, stdout, stderr } = await runCommand(['extract', file], { dataDir });
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^error: .+\n$/);
	expect(stderr).toContain(file);
}

async function extractJson(picture: string, dataDir: string): Promise<unknown> {
	return JSON.parse((await runCommand(['extract', picture, '--json'], { dataDir })).stdout);
}

async function writeTouch(folder: string, format: keyof typeof FORMATS): Promise<string> {
	const file = join(folder, `touch.${format}`);
	await writeFile(file, FORMATS[format](synthesiseImpression({ person: 1, finger: 2, condition: 'good', seed: 1 })));
	return file;
}

function toPng({ width, height, data }: GreyImage): Buffer {
	return Buffer.from(encode({ width, height, data, channels: 1, depth: 8 }));
}

function toPgm({ width, height, data }: GreyImage): Buffer {
	return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}
