import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the SVG files. */
export const ICON_SOURCES_DIR = fileURLToPath(new URL('.', import.meta.url));

/** The folder into which `npm run icons` renders them. */
export const RENDERED_DIR = join(ICON_SOURCES_DIR, 'rendered');

/** SHA-256 hashes (hex) by file name: of each SVG file, and of each file that was rendered from them. */
export interface IconManifest {
	readonly sources: Readonly<Record<string, string>>;
	readonly rendered: Readonly<Record<string, string>>;
}

/** The path of the manifest, in the folder of the rendered files. */
export const MANIFEST_FILE = join(RENDERED_DIR, 'manifest.json');

/** Creates the manifest of the current files. Line endings of SVG files are ignored, because Git may change them. */
export async function createManifest(): Promise<IconManifest> {
	const sources = (await readdir(ICON_SOURCES_DIR)).filter((name) => name.endsWith('.svg'));
	const rendered = (await readdir(RENDERED_DIR, { recursive: true }))
		.map((path) => path.split(sep).join('/'))
		.filter((path) => /\.(png|ico|icns)$/.test(path));
	return {
		sources: await hashEach(sources, async (name) =>
			(await readFile(join(ICON_SOURCES_DIR, name), 'utf8')).replaceAll('\r\n', '\n'),
		),
		rendered: await hashEach(rendered, (path) => readFile(join(RENDERED_DIR, path))),
	};
}

async function hashEach(
	names: readonly string[],
	read: (name: string) => Promise<string | Uint8Array>,
): Promise<Record<string, string>> {
	const hashes: Record<string, string> = {};
	for (const name of names.toSorted())
		hashes[name] = createHash('sha256')
			.update(await read(name))
			.digest('hex');
	return hashes;
}
