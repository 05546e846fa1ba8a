import { spawnSync } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AsarFile } from './asar.ts';
import type { Fact } from './contents.ts';

/** Loads the libraries that bundles import; node-hid puts off loading its native. */
const LOAD_LIBRARIES = `
import koffi from 'koffi';
import 'electron-log/node';
import 'node-hid';
import 'piscina';
import 'write-file-atomic';
koffi.sizeof('int');
`;

/**
 * Lay out what was packed as plain files, far from the project, so that nothing is found that is not packed.
 *
 * @param unpacked folder of the files beside the archive
 * @param folder is made
 */
export async function layOut(files: readonly AsarFile[], unpacked: string, folder: string): Promise<void> {
	await cp(unpacked, folder, { recursive: true });
	for (const { path, content } of files) {
		if (content === undefined) continue;
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), content);
	}
}

/** Try what was laid out under this Node; natives are the same for Electron, since they speak Node-API. */
export function gatherTrialFacts(folder: string, natives: readonly string[]): Fact[] {
	return [
		{ what: 'its libraries load', faults: run(folder, ['--input-type=module', '--eval', LOAD_LIBRARIES]) },
		...natives.map((path) => loadNative(folder, path)),
		{ what: 'its command line runs', faults: run(folder, ['dist/cli.js', '--version']) },
	];
}

/** A library of the system that is not on this machine is no fault of the package, which depends on it. */
function loadNative(folder: string, path: string): Fact {
	const faults = run(folder, ['--eval', 'process.dlopen({ exports: {} }, process.argv[1])', join(folder, path)]);
	const absent = faults.map((fault) => /(\S+): cannot open shared object file/.exec(fault)?.[1])[0];
	if (absent === undefined) return { what: `${path} loads`, faults };
	return { what: `${path} is not tried: there is no ${absent} here`, faults: [] };
}

function run(folder: string, args: readonly string[]): string[] {
	const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
	return status === 0 ? [] : [stderr.trim() || `exit code ${status}`];
}
