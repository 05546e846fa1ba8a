import { readFile } from 'node:fs/promises';
import * as z from 'zod';

/** A file listed in an ASAR archive. */
export interface AsarFile {
	/** The path relative to the root of the archive, with slashes. */
	readonly path: string;
	readonly sizeBytes: number;
	/** `undefined` for a file that is stored outside the archive, in `app.asar.unpacked`. */
	readonly content: Buffer | undefined;
	/** Whether the archive contains the file's hash, which Electron verifies. */
	readonly hasIntegrity: boolean;
}

type AsarEntry = { files: Record<string, AsarEntry> } | z.infer<typeof fileEntry>;

const fileEntry = z.object({
	size: z.int(),
	/** In bytes from the end of the header; a string, because it may exceed the integers that JSON numbers represent exactly. */
	offset: z.string().optional(),
	unpacked: z.boolean().optional(),
	integrity: z.object({ algorithm: z.literal('SHA256'), hash: z.string() }).optional(),
});

const entry: z.ZodType<AsarEntry> = z.lazy(() =>
	z.union([z.object({ files: z.record(z.string(), entry) }), fileEntry]),
);

/**
 * Reads an ASAR archive, the format from which Electron loads an app:
 *
 * | bytes | content (numbers are 32-bit little-endian) |
 * | --- | --- |
 * | 0..3 | 4, the length of the next number |
 * | 4..7 | length of the header from byte 8 on |
 * | 8..11 | length of the rest of the header |
 * | 12..15 | length of the JSON |
 * | 16.. | JSON: folders as `files`, files with size, offset, integrity |
 * | | contents of the files |
 *
 * @throws Error if the file is not an ASAR archive
 */
export async function readAsar(file: string): Promise<AsarFile[]> {
	const archive = await readFile(file);
	const contentStart = 8 + archive.readUInt32LE(4);
	const json: unknown = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12)));
	return listFiles('', entry.parse(json)).map(([path, { size, offset, integrity }]) => {
		const start = contentStart + Number(offset);
		return {
			path,
			sizeBytes: size,
			content: offset === undefined ? undefined : archive.subarray(start, start + size),
			hasIntegrity: integrity !== undefined,
		};
	});
}

function listFiles(path: string, item: AsarEntry): [string, z.infer<typeof fileEntry>][] {
	if (!('files' in item)) return [[path, item]];
	return Object.entries(item.files).flatMap(([name, child]) =>
		listFiles(path === '' ? name : `${path}/${name}`, child),
	);
}
