import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { findBrowser, NO_BROWSER } from '../e2e/support/find-browser.ts';
import { encodeIcns, encodeIco, type SizedPng } from './icons/icon-containers.ts';
import { createManifest, ICON_SOURCES_DIR, MANIFEST_FILE, RENDERED_DIR } from './icons/icon-manifest.ts';
import { ICON_SET, type IconImage } from './icons/icon-set.ts';

/*
 * `npm run icons`: renders the SVG files in build/icons with Chromium into build/icons/rendered, and writes the hashes of
 * both into the manifest. The rendered files are committed, so that packaging needs no browser.
 */

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error(NO_BROWSER);

await rm(RENDERED_DIR, { recursive: true, force: true });
const browser = await chromium.launch({
	executablePath,
	// The colour profile of the display must not change the colours. Chromium's sandbox does not work for root.
	args: ['--force-color-profile=srgb', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
for (const { path, images } of ICON_SET) {
	const rendered: SizedPng[] = [];
	for (const image of images) rendered.push({ size: image.size, png: await render(browser, image) });
	const file = join(RENDERED_DIR, path);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, encode(path, rendered));
}
await browser.close();
await writeFile(MANIFEST_FILE, `${JSON.stringify(await createManifest(), null, '\t')}\n`);
process.stdout.write(`${ICON_SET.length} icons in ${RENDERED_DIR}\n`);

async function render(browser: Browser, { source, size, share }: IconImage): Promise<Buffer> {
	const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: 1 });
	const svg = await readFile(join(ICON_SOURCES_DIR, source), 'base64');
	await page.setContent(
		`<body style="margin: 0; height: ${size}px; display: grid; place-items: center">
			<img src="data:image/svg+xml;base64,${svg}" style="display: block; width: ${size * share}px">
		</body>`,
	);
	const png = await page.screenshot({ omitBackground: true });
	await page.close();
	return png;
}

function encode(path: string, images: readonly SizedPng[]): Uint8Array {
	if (path.endsWith('.ico')) return encodeIco(images);
	if (path.endsWith('.icns')) return encodeIcns(images);
	const [image] = images;
	if (image === undefined || images.length > 1) throw new Error(`${path} must contain exactly one image`);
	return image.png;
}
