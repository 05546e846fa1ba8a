import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ServiceError } from '../protocol/errors.ts';
import { reasonOf } from './system-error.ts';

/**
 * Returns the home folder of this user: HOME (on Windows USERPROFILE) if it is an absolute path, else the one in the user database.
 *
 * @throws ServiceError CONFIGURATION_ERROR if the user database does not contain this user
 */
export function homeFolder(env: NodeJS.ProcessEnv): string {
	const home = process.platform === 'win32' ? env.USERPROFILE : env.HOME;
	return tryAbsolute(home) ?? homeFromDatabase();
}

/**
 * Returns the folder for the configuration of programs of this user. An environment variable with a relative path is ignored, as
 * the XDG Base Directory Specification requires.
 *
 * @throws ServiceError CONFIGURATION_ERROR as `homeFolder` does
 */
export function configFolder(env: NodeJS.ProcessEnv): string {
	switch (process.platform) {
		case 'win32':
			return tryAbsolute(env.APPDATA) ?? join(homeFolder(env), 'AppData', 'Roaming');
		case 'darwin':
			return join(homeFolder(env), 'Library', 'Preferences');
		default:
			return tryAbsolute(env.XDG_CONFIG_HOME) ?? join(homeFolder(env), '.config');
	}
}

function tryAbsolute(path = ''): string | undefined {
	return isAbsolute(path) ? path : undefined;
}

function homeFromDatabase(): string {
	try {
		return userInfo().homedir;
	} catch (cause) {
		throw new ServiceError('CONFIGURATION_ERROR', {
			message: `The home folder of this user is unknown (${reasonOf(cause)}): set HOME to an absolute path, or name the data folder with --data-dir`,
			cause,
		});
	}
}
