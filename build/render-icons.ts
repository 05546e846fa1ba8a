import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { findBrowser, NO_BROWSER } from '../e2e/support/find-browser.ts';
import { encodeIcns, encodeIco, type SizedPng } from './icons/icon-containers.ts';
import { DRAWINGS_DIR, MANIFEST_FILE, RENDERED_DIR, takeManifest } from './icons/icon-manifest.ts';
import { ICON_SET, type IconPicture } from './icons/icon-set.ts';

/*
 * `npm run icons`: renders the drawings in build/icons with Chromium into build/icons/rendered, and notes the hashes
 * of both. What was rendered is committed, so that packaging needs no browser.
 */

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error(NO_BROWSER);

await rm(RENDERED_DIR, { recursive: true, force: true });
const browser = await chromium.launch({
	executablePath,
	// A colour profile of this machine's display must not tint the icons. Chromium has no sandbox for root.
	args: ['--force-color-profile=srgb', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
for (const { path, pictures } of ICON_SET) {
	const rendered: SizedPng[] = [];
	for (const picture of pictures) rendered.push({ size: picture.size, png: await render(browser, picture) });
	const file = join(RENDERED_DIR, path);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, encode(path, rendered));
}
await browser.close();
await writeFile(MANIFEST_FILE, `${JSON.stringify(await takeManifest(), null, '\t')}\n`);
process.stdout.write(`${ICON_SET.length} icons in ${RENDERED_DIR}\n`);

async function render(browser: Browser, { drawing, size, share }: IconPicture): Promise<Buffer> {
	const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: 1 });
	const svg = await readFile(join(DRAWINGS_DIR, drawing), 'base64');
	await page.setContent(
		`<body style="margin: 0; height: ${size}px; display: grid; place-items: center">
			<img src="data:image/svg+xml;base64,${svg}" style="display: block; width: ${size * share}px">
		</body>`,
	);
	const png = await page.screenshot({ omitBackground: true });
	await page.close();
	return png;
}

function encode(path: string, pictures: readonly SizedPng[]): Uint8Array {
	if (path.endsWith('.ico')) return encodeIco(pictures);
	if (path.endsWith('.icns')) return encodeIcns(pictures);
	const [only] = pictures;
	if (only === undefined || pictures.length > 1) throw new Error(`${path} holds exactly one picture`);
	return only.png;
}
