import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';
import { decodeIsoRecord, type GreyImage } from '../../src/biometrics/worker-engine.ts';
import { synthesiseImpression } from '../../src/devices/drivers/virtual/synthesis/impression.ts';
import { TOUCH_CONDITIONS } from '../../src/protocol/touch-conditions.ts';
import { runCommand } from '../support/command.ts';
import { ISO_TEMPLATE } from '../support/iso-template.ts';
import { expect, test } from '../support/service-test.ts';

/** Scans of real fingers, which are not part of this project. */
const REAL_SCANS = fileURLToPath(new URL('../../../shared/fingerprints', import.meta.url));

const FORMATS = { png: toPng, pgm: toPgm } as const;

for (const format of ['png', 'pgm'] as const) {
	test(`extract prints a summary and the template of a ${format}`, async ({ dataDir }) => {
		const image = await writeTouch(dataDir, format);
		const { code, stdout, stderr } = await runCommand(['extract', image], { dataDir });
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		const [summary, template] = stdout.split('\n');
		expect(summary).toMatch(/^\d+ minutiae, quality \d+.*, 300 x 375 at 500 dpi$/);
		expect(template).toMatch(ISO_TEMPLATE);
	});
}

test('extract finds the same in a PNG and a PGM of the same image', async ({ dataDir }) => {
	const [png, pgm] = await Promise.all([writeTouch(dataDir, 'png'), writeTouch(dataDir, 'pgm')]);
	const [first, second] = await Promise.all([extractJson(png, dataDir), extractJson(pgm, dataDir)]);
	expect(first).toMatchObject({ format: 'iso-19794-2:2005', width: 300, height: 375, dpi: 500, hints: [] });
	expect(second).toEqual(first);
});

test('extract --out writes only the record, readable only by the user', async ({ dataDir }) => {
	const image = await writeTouch(dataDir, 'png');
	const file = join(dataDir, 'finger.fmr');
	const { code, stdout } = await runCommand(['extract', image, '--out', file], { dataDir });
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

test.describe('a file that is not a fingerprint', () => {
	const white = { width: 300, height: 375, dpi: 500, data: new Uint8Array(300 * 375).fill(255) };
	const touch = synthesiseImpression({ person: 1, finger: 2, condition: 'good', seed: 1 });
	for (const [what, bytes] of [
		['an empty file', Buffer.of()],
		['text', Buffer.from('not an image')],
		['a PNG cut in half', toPng(touch).subarray(0, 20_000)],
		['a PGM cut in half', toPgm(touch).subarray(0, 20_000)],
		['a PGM that claims to be huge', Buffer.from('P5 99999999 99999999 255\n')],
		['a PGM in text form', Buffer.from('P2 2 2 255\n0 0 0 0\n')],
		['a white image', toPng(white)],
	] as const) {
		test(`${what} is reported in one line that names it`, async ({ dataDir }) => {
			const file = join(dataDir, 'image');
			await writeFile(file, bytes);
			await expectRefusal(file, dataDir);
		});
	}

	test('a missing file is reported in one line that names it', ({ dataDir }) =>
		expectRefusal(join(dataDir, 'missing.png'), dataDir));

	test('a folder is reported in one line that names it', ({ dataDir }) => expectRefusal(dataDir, dataDir));
});

test('extract finds 12 minutiae or more on 95 % of synthetic fingerprints', async ({ dataDir }) => {
	test.setTimeout(300_000);
	const touches = [2, 3, 4, 5].flatMap((person) => TOUCH_CONDITIONS.map((condition) => ({ person, condition })));
	const images = touches.map(async ({ person, condition }) => {
		const file = join(dataDir, `${person}-${condition}.png`);
		await writeFile(file, toPng(synthesiseImpression({ person, finger: 1, condition, seed: 1 })));
		return file;
	});
	await expectEnoughMinutiae(await Promise.all(images), dataDir);
});

test('extract finds 12 minutiae or more on 95 % of real fingerprints', async ({ dataDir }) => {
	const images = await realScans();
	test.skip(
		images.length === 0,
		`there are no scans of real fingers in ${REAL_SCANS}; the test above uses synthetic ones`,
	);
	test.setTimeout(600_000);
	await expectEnoughMinutiae(images, dataDir);
});

/** Returns one impression of each finger of the sets whose images measure at least 300 x 300 pixels. */
async function realScans(): Promise<string[]> {
	const sets = ['fvc2002_db1b', 'fvc2004_db1b', 'neuro_uareu'].map((set) => join(REAL_SCANS, set));
	const names = await Promise.all(sets.map((set) => readdir(set).catch(() => [])));
	return sets.flatMap((set, index) =>
		(names[index] ?? []).filter((name) => name.endsWith('_1.png')).map((name) => join(set, name)),
	);
}

async function expectEnoughMinutiae(images: readonly string[], dataDir: string): Promise<void> {
	const poor: string[] = [];
	for (const image of images) {
		const { stdout, stderr } = await runCommand(['extract', image], { dataDir });
		if (!(Number.parseInt(stdout, 10) >= 12)) poor.push(`${image}: ${stdout}${stderr}`);
	}
	expect(poor.length / images.length, poor.join('')).toBeLessThanOrEqual(0.05);
}

async function expectRefusal(file: string, dataDir: string): Promise<void> {
	const { code, stdout, stderr } = await runCommand(['extract', file], { dataDir });
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^error: .+\n$/);
	expect(stderr).toContain(file);
}

async function extractJson(image: string, dataDir: string): Promise<unknown> {
	return JSON.parse((await runCommand(['extract', image, '--json'], { dataDir })).stdout);
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
