import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedFuseWire } from './fuses.ts';

/** The files of an Electron runtime for Linux that packaging reads, moves or removes. */
const FILES: Readonly<Record<string, string>> = {
	'chrome-sandbox': '',
	chrome_crashpad_handler: '',
	'icudtl.dat': '',
	LICENSE: 'licence of Electron\n',
	'LICENSES.chromium.html': 'licences of Chromium\n',
	'locales/de.pak': '',
	'locales/en-US.pak': '',
	'locales/id.pak': '',
	'resources.pak': '',
	version: '',
};

/**
 * Creates a stub that packaging accepts as an Electron runtime for Linux. It has the files and fuses but cannot run.
 *
 * @param folder is created
 */
export async function createStubRuntime(folder: string): Promise<void> {
	for (const [path, content] of Object.entries(FILES)) {
		await mkdir(join(folder, path, '..'), { recursive: true });
		await writeFile(join(folder, path), content);
	}
	const refusal = Buffer.from(
		'#!/bin/sh\necho "This is a stub of Electron for package:check; it cannot run" >&2\nexit 1\n',
	);
	await writeFile(join(folder, 'electron'), Buffer.concat([refusal, publishedFuseWire()]), { mode: 0o755 });
}
