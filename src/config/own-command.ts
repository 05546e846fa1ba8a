import { resolveDataDir } from './data-folder.ts';
import { quotePath } from './quote-path.ts';

/**
 * Returns a command of this program for a message, such as `fingerprint-service stop`.
 *
 * @param dataDir is named in the command unless it is the folder that the command uses without the flag
 */
export function ownCommand(name: string, dataDir: string): string {
	return `\`fingerprint-service ${name}${dataDirFlag(dataDir, process.env)}\``;
}

/** Returns the flag that names a data folder, with a space before it; empty if a command with this environment uses it anyway. */
export function dataDirFlag(dataDir: string, env: NodeJS.ProcessEnv): string {
	return isDefault(dataDir, env) ? '' : ` --data-dir ${quotePath(dataDir)}`;
}

function isDefault(dataDir: string, env: NodeJS.ProcessEnv): boolean {
	try {
		return dataDir === resolveDataDir({ env });
	} catch {
		return false;
	}
}
