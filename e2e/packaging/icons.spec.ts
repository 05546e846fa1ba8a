import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeIcns, encodeIco } from '../../build/icons/icon-containers.ts';
import { createManifest, MANIFEST_FILE, RENDERED_DIR } from '../../build/icons/icon-manifest.ts';
import { ICON_SET, TRAY_STATES } from '../../build/icons/icon-set.ts';
import { expect, test } from '../support/service-test.ts';

const RERENDER = 'an SVG file or a rendered icon has changed: run `npm run icons`';

test('the rendered icons are up to date', async () => {
	expect(JSON.parse(await readFile(MANIFEST_FILE, 'utf8')), RERENDER).toEqual(await createManifest());
});

test('every icon of the set is rendered, every SVG file is used, and there are no other files', async () => {
	const { sources, rendered } = await createManifest();
	expect(Object.keys(rendered), RERENDER).toEqual(ICON_SET.map(({ path }) => path).toSorted());
	const used = new Set(ICON_SET.flatMap(({ images }) => images.map(({ source }) => source)));
	expect(Object.keys(sources)).toEqual([...used].toSorted());
});

test('each PNG has the size of its image in the set', async () => {
	for (const { path, images } of ICON_SET.filter(({ path }) => path.endsWith('.png'))) {
		const png = await readFile(join(RENDERED_DIR, path));
		const expected = images.map(({ size }) => [size, size]);
		expect([pngSize(png)], path).toEqual(expected);
	}
});

test('the tray icon looks different in each state on every platform', async () => {
	const { rendered } = await createManifest();
	for (const name of ['win32/*', 'linux/*', 'darwin/*Template']) {
		const hashes = TRAY_STATES.map((state) => rendered[`tray/${name.replace('*', state)}.png`]);
		expect(hashes.every(Boolean)).toBe(true);
		expect(new Set(hashes).size).toBe(TRAY_STATES.length);
	}
});

test('the directory of the Windows icon refers to each of its images', async () => {
	const ico = await readFile(join(RENDERED_DIR, 'app.ico'));
	const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
		const entry = ico.subarray(6 + 16 * index);
		const [length, offset] = [entry.readUInt32LE(8), entry.readUInt32LE(12)];
		const [width, height] = pngSize(ico.subarray(offset, offset + length));
		expect([entry[0], entry[1]]).toEqual([width % 256, height % 256]);
		return width;
	});
	expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
});

test('the macOS icon contains an image of each size and nothing else', async () => {
	const icns = await readFile(join(RENDERED_DIR, 'app.icns'));
	const found: [string, number][] = [];
	let offset = 8;
	while (offset < icns.readUInt32BE(4)) {
		const length = icns.readUInt32BE(offset + 4);
		found.push([icns.toString('latin1', offset, offset + 4), pngSize(icns.subarray(offset + 8, offset + length))[0]]);
		offset += length;
	}
	expect(offset).toBe(icns.length);
	expect(Object.fromEntries(found)).toEqual({
		ic11: 32,
		ic12: 64,
		ic07: 128,
		ic08: 256,
		ic13: 256,
		ic09: 512,
		ic14: 512,
		ic10: 1024,
	});
});

test('encodeIco and encodeIcns write the documented bytes', () => {
	const png = Uint8Array.of(1, 2, 3);
	expect(encodeIco([{ size: 256, png }]).toString('hex')).toBe(
		'000001000100' + '00000000010020000300000016000000' + '010203',
	);
	expect(encodeIcns([{ size: 1024, png }]).toString('latin1')).toBe(
		'icns\0\0\0\x13' + 'ic10\0\0\0\x0b' + '\x01\x02\x03',
	);
	expect(() => encodeIcns([{ size: 48, png }])).toThrow('48 pixels');
});

/** Returns width and height from the header of a PNG. */
function pngSize(png: Buffer): [number, number] {
	expect(png.toString('latin1', 1, 4)).toBe('PNG');
	return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
