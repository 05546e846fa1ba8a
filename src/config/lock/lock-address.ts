import { createHash } from 'node:crypto';
import { lstat, mkdir, readlink, realpath } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ServiceError } from '../../protocol/errors.ts';
import { codeOf } from '../system-error.ts';

/** Longest path of a Unix socket, bytes: Linux allows 107, macOS 103. */
const MAX_SOCKET_PATH = 100;

/** Where the holder of a lock listens. */
export interface LockAddress {
	/**
	 * The entry `run.sock` of the data folder: the socket itself, or a symbolic link to it if its path would be too long. `undefined`
	 * on Windows, where the name of the pipe is all there is.
	 */
	readonly entry: string | undefined;
	/** Path of the socket, or name of the pipe. */
	readonly target: string;
}

/**
 * Returns where a new holder of the lock listens: `run.sock` in the data folder. A path that is too long for a socket is replaced
 * by one in the runtime folder of this user, which is created.
 *
 * @param dataDir must exist
 * @throws ServiceError CONFIGURATION_ERROR if the runtime folder belongs to another user
 */
export async function newLockAddress(dataDir: string, env: NodeJS.ProcessEnv): Promise<LockAddress> {
	const folder = await realpath(dataDir);
	if (process.platform === 'win32') return pipe(folder);
	const entry = join(folder, 'run.sock');
	if (isShort(entry)) return { entry, target: entry };
	return { entry, target: join(await runtimeFolder(env), `${hashOf(folder)}.sock`) };
}

/** Returns where the holder of the lock listens, if there is one; `undefined` if the data folder has no `run.sock`. */
export async function lockAddress(dataDir: string): Promise<LockAddress | undefined> {
	try {
		const folder = await realpath(dataDir);
		if (process.platform === 'win32') return pipe(folder);
		const entry = join(folder, 'run.sock');
		if ((await lstat(entry)).isSymbolicLink()) return { entry, target: await readlink(entry) };
		return { entry, target: entry };
	} catch (cause) {
		if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return undefined;
		throw cause;
	}
}

function pipe(folder: string): LockAddress {
	return { entry: undefined, target: `\\\\.\\pipe\\fingerprint-service-${hashOf(folder.toLowerCase())}` };
}

/** Returns a folder for sockets of this user: in XDG_RUNTIME_DIR if that can be used, else in `/tmp`. */
async function runtimeFolder({ XDG_RUNTIME_DIR = '' }: NodeJS.ProcessEnv): Promise<string> {
	const inRuntimeDir = join(XDG_RUNTIME_DIR, 'fingerprint-service');
	// The XDG Base Directory Specification requires that a relative path is ignored.
	if (isAbsolute(XDG_RUNTIME_DIR) && (await isOwnFolder(inRuntimeDir))) return inRuntimeDir;
	const inTmp = `/tmp/fingerprint-service-${process.getuid?.()}`;
	if (await isOwnFolder(inTmp)) return inTmp;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${inTmp} is not a folder that only this user can open: remove it, then start again`,
		details: { file: inTmp },
	});
}

/** Creates a folder unless it exists. @returns whether only this user can open it and a socket in it has a short path */
async function isOwnFolder(folder: string): Promise<boolean> {
	if (!isShort(join(folder, `${hashOf('')}.sock`))) return false;
	try {
		await mkdir(folder, { mode: 0o700 }).catch((cause: unknown) => {
			if (codeOf(cause) !== 'EEXIST') throw cause;
		});
		const stats = await lstat(folder);
		return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0;
	} catch {
		return false;
	}
}

function hashOf(folder: string): string {
	return createHash('sha256').update(folder).digest('hex').slice(0, 32);
}

function isShort(path: string): boolean {
	return Buffer.byteLength(path) <= MAX_SOCKET_PATH;
}
