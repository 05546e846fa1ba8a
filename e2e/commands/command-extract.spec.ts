import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { bmpFile, tiffFile } from '../../src/biometrics/testing/image-files.ts';
import { decodeIsoRecord, type GreyImage } from '../../src/biometrics/worker-engine.ts';
import { synthesiseImpression } from '../../src/devices/drivers/virtual/synthesis/impression.ts';
import { TOUCH_CONDITIONS } from '../../src/protocol/touch-conditions.ts';
import { runCommand } from '../support/command.ts';
import { ISO_TEMPLATE } from '../support/iso-template.ts';
import { expect, test } from '../support/service-test.ts';

/** Scans of real fingers, which are not part of this project. */
const REAL_SCANS = fileURLToPath(new URL('../../../shared/fingerprints', import.meta.url));

const FORMATS = { png: toPng, pgm: toPgm, bmp: toBmp, tif: toTiff, jpg: toJpeg } as const;

for (const format of ['png', 'pgm', 'bmp', 'tif', 'jpg'] as const) {
	test(`extract prints a summary and the template of a ${format}`, async ({ dataDir }) => {
		const image = await writeTouch(dataDir, format);
		const { code, stdout, stderr } = await runCommand(['extract', image], { dataDir });
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		const [summary, template] = stdout.split('\n');
		expect(summary).toMatch(/^\d+ minutiae, quality \d+.*, 300 x 375 at 500 dpi$/);
		expect(template).toMatch(ISO_TEMPLATE);
	});
}

test('extract finds the same in a PNG, PGM, BMP and TIFF of the same image', async ({ dataDir }) => {
	const files = await Promise.all((['png', 'pgm', 'bmp', 'tif'] as const).map((format) => writeTouch(dataDir, format)));
	const [first, ...others] = await Promise.all(files.map((file) => extractJson(file, dataDir)));
	expect(first).toMatchObject({ format: 'iso-19794-2:2005', width: 300, height: 375, dpi: 500, hints: [] });
	for (const other of others) expect(other).toEqual(first);
});

test('extract uses the resolution that the file declares unless --dpi is given', async ({ dataDir }) => {
	const file = join(dataDir, 'touch.tif');
	await writeFile(file, toTiff(touchImage(), 512));
	const declared = await runCommand(['extract', file], { dataDir });
	expect(declared).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('300 x 375 at 512 dpi') });
	const given = await runCommand(['extract', file, '--dpi', '500'], { dataDir });
	expect(given).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('300 x 375 at 500 dpi') });
});

test('extract warns of a declared resolution that is not that of a scan', async ({ dataDir }) => {
	const file = join(dataDir, 'touch.tif');
	await writeFile(file, toTiff(touchImage(), 72));
	const { code, stdout, stderr } = await runCommand(['extract', file], { dataDir });
	expect({ code, isAt500: stdout.includes('at 500 dpi') }).toEqual({ code: 0, isAt500: true });
	expect(stderr).toMatch(/^warning: .+touch\.tif declares 72 dpi, .+: 500 dpi is assumed; .+--dpi\n$/);
});

test('extract warns if the ridges do not fit the resolution', async ({ dataDir }) => {
	const file = await writeTouch(dataDir, 'png');
	const { code, stdout, stderr } = await runCommand(['extract', file, '--dpi', '251'], { dataDir });
	expect(code).toBe(0);
	expect(stdout).toContain('wrong-resolution');
	expect(stderr).toMatch(/^warning: .+touch\.png shows ridges unlike those of a finger at 251 dpi: .+--dpi\n$/);
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
	const touch = touchImage();
	for (const [what, bytes, reason = 'The image cannot be used'] of [
		['an empty file', Buffer.of(), 'it is empty'],
		['text', Buffer.from('not an image')],
		['a PNG cut in half', toPng(touch).subarray(0, 20_000)],
		['a PGM cut in half', toPgm(touch).subarray(0, 20_000)],
		['a PGM that claims to be huge', Buffer.from('P5 99999999 99999999 255\n')],
		['a PGM in text form', Buffer.from('P2 2 2 255\n0 0 0 0\n'), 'save it as PNG or as binary PGM'],
		['a BMP cut in half', toBmp(touch).subarray(0, 20_000)],
		['a TIFF cut in half', toTiff(touch).subarray(0, 20_000)],
		['a JPEG cut in half', toJpeg(touch).subarray(0, 8_000)],
		['a WSQ image', Buffer.from('\xff\xa0\xff\xa4', 'latin1'), 'it is a WSQ image: convert it to PNG'],
		['a record', Buffer.from('FMR\x00 20\0', 'latin1'), 'it is a minutiae record'],
		['a white image', toPng(white), 'shows no fingerprint'],
	] as const) {
		test(`${what} is reported in one line that names it`, async ({ dataDir }) => {
			const file = join(dataDir, 'image');
			await writeFile(file, bytes);
			await expectRefusal(file, dataDir, reason);
		});
	}

	test('a missing file is reported in one line that names it', ({ dataDir }) =>
		expectRefusal(join(dataDir, 'missing.png'), dataDir, 'cannot be read'));

	test('a folder is reported in one line that names it', ({ dataDir }) =>
		expectRefusal(dataDir, dataDir, 'cannot be read'));
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

async function expectRefusal(file: string, dataDir: string, reason: string): Promise<void> {
	const { code, stdout, stderr } = await runCommand(['extract', file], { dataDir });
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^error: .+\n$/);
	expect(stderr).toContain(file);
	expect(stderr).toContain(reason);
}

async function extractJson(image: string, dataDir: string): Promise<unknown> {
	return JSON.parse((await runCommand(['extract', image, '--json'], { dataDir })).stdout);
}

async function writeTouch(folder: string, format: keyof typeof FORMATS): Promise<string> {
	const file = join(folder, `touch.${format}`);
	await writeFile(file, FORMATS[format](touchImage()));
	return file;
}

function touchImage(): GreyImage {
	return synthesiseImpression({ person: 1, finger: 2, condition: 'good', seed: 1 });
}

function toPng({ width, height, data }: GreyImage): Buffer {
	return Buffer.from(encode({ width, height, data, channels: 1, depth: 8 }));
}

function toPgm({ width, height, data }: GreyImage): Buffer {
	return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}

/** Writes 8 bits per pixel from the top down, with a palette of grey levels. */
function toBmp({ width, height, data }: GreyImage): Buffer {
	const padded = Buffer.alloc(Math.ceil(width / 4) * 4 * height);
	for (let y = 0; y < height; y++) padded.set(data.subarray(y * width, (y + 1) * width), (padded.length / height) * y);
	const palette = Array.from({ length: 256 }, (_, grey) => [grey, grey, grey, 0]).flat();
	return bmpFile({ width, height: -height, bits: 8, palette, pixels: padded });
}

function toTiff({ width, height, data }: GreyImage, dpi = 500): Buffer {
	return tiffFile(width, height, [data], { xResolution: [dpi], yResolution: [dpi], resolutionUnit: [2] });
}

function toJpeg({ width, height, data }: GreyImage): Buffer {
	const pixels = Buffer.alloc(4 * data.length, 255);
	for (const [i, grey] of data.entries()) pixels.fill(grey, 4 * i, 4 * i + 3);
	return encodeJpeg({ width, height, data: pixels }, 95).data;
}
