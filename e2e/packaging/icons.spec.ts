import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeIcns, encodeIco } from '../../build/icons/icon-containers.ts';
import { MANIFEST_FILE, RENDERED_DIR, takeManifest } from '../../build/icons/icon-manifest.ts';
import { ICON_SET, TRAY_STATES } from '../../build/icons/icon-set.ts';
import { expect, test } from '../support/service-test.ts';

const RERENDER = 'a drawing or a rendered icon has changed: run `npm run icons`';

test('the rendered icons are those of the drawings as they are', async () => {
	expect(JSON.parse(await readFile(MANIFEST_FILE, 'utf8')), RERENDER).toEqual(await takeManifest());
});

test('the icon set is rendered wholly, from every drawing, and nothing else is there', async () => {
	const { drawings, rendered } = await takeManifest();
	expect(Object.keys(rendered), RERENDER).toEqual(ICON_SET.map(({ path }) => path).toSorted());
	const used = new Set(ICON_SET.flatMap(({ pictures }) => pictures.map(({ drawing }) => drawing)));
	expect(Object.keys(drawings)).toEqual([...used].toSorted());
});

test('each PNG has the size that its name promises', async () => {
	for (const { path, pictures } of ICON_SET.filter(({ path }) => path.endsWith('.png'))) {
		const png = await readFile(join(RENDERED_DIR, path));
		const expected = pictures.map(({ size }) => [size, size]);
		expect([pngSize(png)], path).toEqual(expected);
	}
});

test('no state of the tray looks like another, whatever the platform', async () => {
	const { rendered } = await takeManifest();
	for (const name of ['win32/*', 'linux/*', 'darwin/*Template']) {
		const hashes = TRAY_STATES.map((state) => rendered[`tray/${name.replace('*', state)}.png`]);
		expect(hashes.every(Boolean)).toBe(true);
		expect(new Set(hashes).size).toBe(TRAY_STATES.length);
	}
});

test('the icon of Windows leads to each of its pictures', async () => {
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

test('the icon of macOS holds a picture of each size and nothing after them', async () => {
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

test('icons are written as their formats print them', () => {
	const png = Uint8Array.of(1, 2, 3);
	expect(encodeIco([{ size: 256, png }]).toString('hex')).toBe(
		'000001000100' + '00000000010020000300000016000000' + '010203',
	);
	expect(encodeIcns([{ size: 1024, png }]).toString('latin1')).toBe(
		'icns\0\0\0\x13' + 'ic10\0\0\0\x0b' + '\x01\x02\x03',
	);
	expect(() => encodeIcns([{ size: 48, png }])).toThrow('48 pixels');
});

/** Width and height from the header of a PNG. */
function pngSize(png: Buffer): [number, number] {
	expect(png.toString('latin1', 1, 4)).toBe('PNG');
	return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
