import { resolveDataDir } from './data-folder.ts';

/**
 * Returns a command of this program for a message, such as `fingerprint-service stop`.
 *
 * @param dataDir is named in the command unless it is the folder that the command uses without the flag
 */
export function ownCommand(name: string, dataDir: string): string {
	const isDefault = dataDir === resolveDataDir({ env: process.env });
	return `\`fingerprint-service ${name}${isDefault ? '' : ` --data-dir ${quote(dataDir)}`}\``;
}

function quote(path: string): string {
	return /^[\w./:\\-]+$/.test(path) ? path : `"${path}"`;
}
