import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The drawings. */
export const DRAWINGS_DIR = fileURLToPath(new URL('.', import.meta.url));

/** What `npm run icons` makes of them. */
export const RENDERED_DIR = join(DRAWINGS_DIR, 'rendered');

/** SHA-256 (hex) by file: of each drawing, and of what was rendered when the drawings had these. */
export interface IconManifest {
	readonly drawings: Readonly<Record<string, string>>;
	readonly rendered: Readonly<Record<string, string>>;
}

/** Where the manifest is kept: beside what was rendered. */
export const MANIFEST_FILE = join(RENDERED_DIR, 'manifest.json');

/** The manifest of the files as they are now. Line ends of drawings do not count, for Git may change them. */
export async function takeManifest(): Promise<IconManifest> {
	const drawings = (await readdir(DRAWINGS_DIR)).filter((name) => name.endsWith('.svg'));
	const rendered = (await readdir(RENDERED_DIR, { recursive: true }))
		.map((path) => path.split(sep).join('/'))
		.filter((path) => /\.(png|ico|icns)$/.test(path));
	return {
		drawings: await hashEach(drawings, async (name) =>
			(await readFile(join(DRAWINGS_DIR, name), 'utf8')).replaceAll('\r\n', '\n'),
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
