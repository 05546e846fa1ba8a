import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedFuseWire } from './fuses.ts';

/** What an Electron for Linux is made of, as far as packaging touches it. */
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
 * Make a folder that packaging takes for an Electron for Linux: it has the files and the fuses of one, and cannot run.
 *
 * @param folder is made
 */
export async function createStubRuntime(folder: string): Promise<void> {
	for (const [path, content] of Object.entries(FILES)) {
		await mkdir(join(folder, path, '..'), { recursive: true });
		await writeFile(join(folder, path), content);
	}
	const refusal = Buffer.from(
		'#!/bin/sh\necho "This is no Electron, but what stands in for it in a check" >&2\nexit 1\n',
	);
	await writeFile(join(folder, 'electron'), Buffer.concat([refusal, publishedFuseWire()]), { mode: 0o755 });
}
