import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Returns the paths of these commands on the PATH, in the order of the names, then of the PATH. */
export function findOnPath(names: readonly string[], path = process.env.PATH ?? ''): string[] {
	const folders = path.split(delimiter).filter((folder) => folder !== '');
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
