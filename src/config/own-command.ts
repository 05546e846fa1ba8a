import { resolveDataDir } from './data-folder.ts';
import { quotePath } from './quote-path.ts';

/**
 * Returns a command of this program for a message, such as `fingerprint-service stop`.
 *
 * @param dataDir is named in the command unless it is the folder that the command uses without the flag
 */
export function ownCommand(name: string, dataDir: string): string {
	return `\`fingerprint-service ${name}${isDefault(dataDir) ? '' : ` --data-dir ${quotePath(dataDir)}`}\``;
}

function isDefault(dataDir: string): boolean {
	try {
		return dataDir === resolveDataDir({ env: process.env });
	} catch {
		return false;
	}
}
