import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import {
	convertRecord,
	decodeIsoRecord,
	encodeIsoRecord,
	loadInThreadEngine,
	MIN_MINUTIAE,
} from '../../src/biometrics/worker-engine.ts';
import { synthesiseImpression } from '../../src/devices/drivers/virtual/synthesis/impression.ts';
import { runCommand } from '../support/command.ts';
import { expect, test } from '../support/service-test.ts';

const { extractTemplate } = await loadInThreadEngine();

test('match exits with 0 for two records of one finger', async ({ dataDir }) => {
	const [a, b] = await Promise.all([writeRecord(dataDir, 1, 1), writeRecord(dataDir, 1, 2)]);
	const { code, stdout, stderr } = await runCommand(['match', a, b], { dataDir });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).toMatch(/^match: score \d+(\.\d)? of 100, threshold 40\n$/);
});

test('match exits with 1 for records of two fingers', async ({ dataDir }) => {
	const [a, b] = await Promise.all([writeRecord(dataDir, 1, 1), writeRecord(dataDir, 2, 1)]);
	const { code, stdout, stderr } = await runCommand(['match', a, b], { dataDir });
	expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
	expect(stdout).toMatch(/^no match: score \d+(\.\d)? of 100, threshold 40\n$/);
});

test('match --json prints result, score and threshold, the same in both orders', async ({ dataDir }) => {
	const [a, b] = await Promise.all([writeRecord(dataDir, 1, 1), writeRecord(dataDir, 1, 2)]);
	const [forward, backward] = await Promise.all(
		[
			[a, b],
			[b, a],
		].map((files) => runCommand(['match', ...files, '--json'], { dataDir })),
	);
	expect(JSON.parse(forward?.stdout ?? '')).toEqual({ match: true, score: expect.any(Number), threshold: 40 });
	expect(backward?.stdout).toBe(forward?.stdout);
});

test('match scores an image like its record', async ({ dataDir }) => {
	const [record, image] = await Promise.all([writeRecord(dataDir, 1, 1), writeImage(dataDir, 1, 1)]);
	const { code, stdout } = await runCommand(['match', image, record, '--json'], { dataDir });
	expect(code).toBe(0);
	const same = await runCommand(['match', record, record, '--json'], { dataDir });
	expect(JSON.parse(stdout)).toEqual(JSON.parse(same.stdout));
});

for (const format of ['iso-19794-2:2011', 'ansi-378:2004'] as const) {
	test(`match reads records of ${format}`, async ({ dataDir }) => {
		const [a, b] = await Promise.all([writeRecord(dataDir, 1, 1), writeRecord(dataDir, 1, 2)]);
		await writeFile(b, convertRecord(recordOf(1, 2), 2, format));
		expect(await runCommand(['match', a, b], { dataDir })).toMatchObject({ code: 0, stderr: '' });
	});
}

test('match reads padded records, and matches records with the smallest number of minutiae', async ({ dataDir }) => {
	const [a, b] = [join(dataDir, 'a.fmr'), join(dataDir, 'b.fmr')];
	await Promise.all([
		writeFile(a, recordWith(MIN_MINUTIAE)),
		writeFile(b, Buffer.concat([recordWith(20), Buffer.alloc(99)])),
	]);
	const { code, stderr } = await runCommand(['match', a, b], { dataDir });
	expect({ isDecided: code === 0 || code === 1, stderr }).toEqual({ isDecided: true, stderr: '' });
});

test.describe('match exits with 2 and one line that names the file for', () => {
	const record = Buffer.from(recordOf(1, 1));
	const outside = Buffer.from(record);
	outside.writeUInt16BE(1, 14);
	for (const [what, bytes, reason] of [
		['an empty file', Buffer.of(), 'it is empty'],
		['a record cut short', record.subarray(0, -10), 'it declares'],
		['a record with bytes left over', Buffer.concat([record, record]), 'it declares'],
		['a record with minutiae outside its image', outside, 'lies outside'],
		['text', Buffer.from('not a record'), 'it is text'],
		['a WSQ image', Buffer.from('\xff\xa0\xff\xa4', 'latin1'), 'it is a WSQ image: convert it to PNG'],
		...[0, 1, 7].map((count) => [`a record with ${count} minutiae`, recordWith(count), 'too few minutiae'] as const),
		['a PNG cut short', toPng(1, 1).subarray(0, 5_000), 'The image cannot be used'],
		['a white image', encodePng(300, 375, new Uint8Array(300 * 375).fill(255)), 'shows no fingerprint'],
	] as const) {
		test(what, async ({ dataDir }) => {
			const good = await writeRecord(dataDir, 1, 1);
			const bad = join(dataDir, 'bad');
			await writeFile(bad, bytes);
			for (const files of [
				[good, bad],
				[bad, good],
			]) {
				const { code, stdout, stderr } = await runCommand(['match', ...files], { dataDir });
				expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
				expect(stderr).toMatch(/^error: .+\n$/);
				expect(stderr).toContain(bad);
				expect(stderr).toContain(reason);
			}
		});
	}

	test('a missing file', async ({ dataDir }) => {
		const good = await writeRecord(dataDir, 1, 1);
		const { code, stderr } = await runCommand(['match', good, join(dataDir, 'missing')], { dataDir });
		expect(code).toBe(2);
		expect(stderr).toMatch(/^error: .+missing cannot be read: .+\n$/);
	});
});

test('match exits with 2 for a wrong number of files or a wrong resolution', async ({ dataDir }) => {
	for (const files of [['a'], ['a', 'b', 'c'], ['a', 'b', '--dpi', '7']]) {
		const { code, stdout, stderr } = await runCommand(['match', ...files], { dataDir });
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toMatch(/^error: .+\n$/);
	}
});

async function writeRecord(folder: string, finger: number, seed: number): Promise<string> {
	const file = join(folder, `${finger}_${seed}.fmr`);
	await writeFile(file, recordOf(finger, seed));
	return file;
}

async function writeImage(folder: string, finger: number, seed: number): Promise<string> {
	const file = join(folder, `${finger}_${seed}.png`);
	await writeFile(file, toPng(finger, seed));
	return file;
}

function recordOf(finger: number, seed: number): Uint8Array {
	const { template } = extractTemplate(synthesiseImpression({ person: 1, finger, condition: 'good', seed }));
	if (template === undefined) throw new Error('a good touch has no template');
	return template;
}

/** Returns a record with the first minutiae of a touch. */
function recordWith(count: number): Uint8Array {
	const view = decodeIsoRecord(recordOf(1, 1));
	return encodeIsoRecord({ ...view, minutiae: view.minutiae.slice(0, count) });
}

function toPng(finger: number, seed: number): Buffer {
	const { width, height, data } = synthesiseImpression({ person: 1, finger, condition: 'good', seed });
	return encodePng(width, height, data);
}

function encodePng(width: number, height: number, data: Uint8Array): Buffer {
	return Buffer.from(encode({ width, height, data, channels: 1, depth: 8 }));
}
