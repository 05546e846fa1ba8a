import { spawnSync } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AsarFile } from './asar.ts';
import type { CheckResult } from './packed-app.ts';

/** Loads the libraries that the bundles import. koffi is also called; node-hid loads its native part later. */
const LOAD_LIBRARIES = `
import koffi from 'koffi';
import 'electron-log/node';
import 'node-hid';
import 'piscina';
import 'write-file-atomic';
koffi.sizeof('int');
`;

/**
 * Writes the packed files into a folder outside the project, so that Node finds only libraries that are packed.
 *
 * @param unpacked the folder `app.asar.unpacked`
 * @param folder is created
 */
export async function unpackApp(files: readonly AsarFile[], unpacked: string, folder: string): Promise<void> {
	await cp(unpacked, folder, { recursive: true });
	for (const { path, content } of files) {
		if (content === undefined) continue;
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), content);
	}
}

/** Runs the unpacked app in this Node. Electron uses the same native libraries, because they use Node-API. */
export function checkUnpackedApp(folder: string, natives: readonly string[]): CheckResult[] {
	return [
		{ name: 'its libraries load', faults: run(folder, ['--input-type=module', '--eval', LOAD_LIBRARIES]) },
		...natives.map((path) => checkNative(folder, path)),
		{ name: 'its command line runs', faults: run(folder, ['dist/cli.js', '--version']) },
	];
}

/** A missing system library is not a fault: the package declares it as a dependency. */
function checkNative(folder: string, path: string): CheckResult {
	const faults = run(folder, ['--eval', 'process.dlopen({ exports: {} }, process.argv[1])', join(folder, path)]);
	const missing = faults.map((fault) => /(\S+): cannot open shared object file/.exec(fault)?.[1])[0];
	if (missing === undefined) return { name: `${path} loads`, faults };
	return { name: `${path} was not loaded, because ${missing} is not installed on this machine`, faults: [] };
}

function run(folder: string, args: readonly string[]): string[] {
	const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
	return status === 0 ? [] : [stderr.trim() || `exit code ${status}`];
}
