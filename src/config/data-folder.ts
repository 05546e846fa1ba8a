import { constants } from 'node:fs';
import { access, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type * as z from 'zod';
import { ServiceError } from '../protocol/errors.ts';
import { firstIssue } from '../protocol/field-error.ts';
import { DATA_DIR_VARIABLE } from './environment-variables.ts';
import { quotePath } from './quote-path.ts';
import { codeOf, reasonOf } from './system-error.ts';
import { configFolder } from './user-folders.ts';

/** Bits of `mode`. */
const GROUP_WRITABLE = 0o020;
const WRITABLE_BY_ALL = 0o002;

/**
 * Returns the folder where the service keeps its files: the flag, else FINGERPRINT_DATA_DIR, else the platform's configuration folder
 * (`~/.config/fingerprint-service`, `~/Library/Preferences/...`, `%APPDATA%\...\Config`).
 *
 * @returns an absolute path; nothing is created
 * @throws ServiceError CONFIGURATION_ERROR if the home folder of this user is unknown
 */
export function resolveDataDir(sources: { flag?: string | undefined; env: NodeJS.ProcessEnv }): string {
	const chosen = sources.flag || sources.env[DATA_DIR_VARIABLE];
	if (chosen) return resolve(chosen);
	const folder = join(configFolder(sources.env), 'fingerprint-service');
	return process.platform === 'win32' ? join(folder, 'Config') : folder;
}

/**
 * Creates the data folder if it is missing, with access for the current user only (mode 0700), and checks that it is writable for
 * this user and not for everyone.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the folder and what to do
 */
export async function prepareDataDir(path: string): Promise<void> {
	try {
		await ensureFolder(path);
	} catch (cause) {
		throw unusableDataDirError(path, cause);
	}
	await refuseWritableByAll(path);
}

/** Returns a warning if other users of a group can write to the data folder; `undefined` if not, or if it does not exist. */
export async function dataDirWarning(path: string): Promise<string | undefined> {
	if (((await modeOf(path)) & GROUP_WRITABLE) === 0) return undefined;
	return `The data folder ${path} can be changed by every user of its group, who can so become an administrator of this service: run \`chmod 700 ${quotePath(path)}\``;
}

/**
 * Checks that `prepareDataDir` would succeed, without creating anything.
 *
 * @returns whether the data folder exists
 * @throws ServiceError CONFIGURATION_ERROR naming the folder and what to do
 */
export async function checkDataDir(path: string): Promise<boolean> {
	let exists: boolean;
	try {
		const existing = await nearestExisting(path);
		await ensureFolder(existing);
		exists = existing === path;
	} catch (cause) {
		throw unusableDataDirError(path, cause);
	}
	if (exists) await refuseWritableByAll(path);
	return exists;
}

/**
 * Reads a file of the data folder; returns `undefined` if it does not exist.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the file
 */
export async function readDataFile(path: string): Promise<string | undefined> {
	try {
		return await readFile(path, 'utf8');
	} catch (cause) {
		if (isMissing(cause)) return undefined;
		throw new ServiceError('CONFIGURATION_ERROR', {
			message: `${path} cannot be read (${reasonOf(cause)}): give this user permission to read it`,
			details: { file: path },
			cause,
		});
	}
}

/**
 * Replaces a file of the data folder atomically: other processes see the old or the new content, even after a power failure.
 *
 * @param options.mode 0600 for keys and secrets
 * @throws ServiceError DB_QUERY_FAILED naming the file, which is then unchanged
 */
export async function writeDataFile(path: string, text: string | Buffer, options: { mode: number }): Promise<void> {
	try {
		await writeFileAtomic(path, text, { mode: options.mode });
	} catch (cause) {
		throw new ServiceError('DB_QUERY_FAILED', {
			message: `${path} cannot be written (${reasonOf(cause)}): check its permissions and the free space`,
			details: { file: path },
			cause,
		});
	}
}

/**
 * Parses the text of a JSON file of the data folder.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the file and the field
 */
export function parseDataFile<T>(path: string, text: string, schema: z.ZodType<T>): T {
	const { success, data, error } = schema.safeParse(parseJson(path, text));
	if (success) return data;
	const issue = firstIssue(error);
	const field = issue.field || 'the file';
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${path}: ${field} is damaged (${issue.message}): correct it, or move the file away to start with an empty one`,
		details: { file: path, field },
		cause: error,
	});
}

/** Parses JSON. @throws ServiceError CONFIGURATION_ERROR naming the file, if `text` is not JSON */
export function parseJson(path: string, text: string): unknown {
	try {
		// Some Windows editors write a byte order mark, which JSON does not allow.
		const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
		// A value that is nested too deeply to be written again is refused here, where the error names the file.
		JSON.stringify(value);
		return value;
	} catch (cause) {
		throw new ServiceError('CONFIGURATION_ERROR', {
			message: `${path} is not valid JSON (${reasonOf(cause)}): correct it, or move the file away to start with an empty one`,
			details: { file: path },
			cause,
		});
	}
}

async function ensureFolder(path: string): Promise<void> {
	await mkdir(path, { recursive: true, mode: 0o700 });
	// A write creates a temporary file in the folder and renames it, so the folder must be writable.
	await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** @throws ServiceError CONFIGURATION_ERROR with the command that corrects the mode */
async function refuseWritableByAll(path: string): Promise<void> {
	if (((await modeOf(path)) & WRITABLE_BY_ALL) === 0) return;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `The data folder ${path} can be changed by every user of this computer, so its keys cannot be trusted: check what is in it, then run \`chmod 700 ${quotePath(path)}\``,
		details: { file: path },
	});
}

/** Returns the permissions of a folder; 0 if it does not exist, and on Windows, where they mean nothing. */
async function modeOf(path: string): Promise<number> {
	if (process.platform === 'win32') return 0;
	return (await stat(path).catch(() => undefined))?.mode ?? 0;
}

/** Returns the path itself or its nearest parent that exists. */
async function nearestExisting(path: string): Promise<string> {
	try {
		await access(path);
		return path;
	} catch (cause) {
		const parent = dirname(path);
		if (!isMissing(cause) || parent === path) throw cause;
		return nearestExisting(parent);
	}
}

function unusableDataDirError(path: string, cause: unknown): ServiceError {
	return new ServiceError('CONFIGURATION_ERROR', {
		message: `The data folder ${path} cannot be used (${reasonOf(cause)}): make it a folder that this user may write to, or choose another with --data-dir`,
		details: { file: path },
		cause,
	});
}

function isMissing(error: unknown): boolean {
	return codeOf(error) === 'ENOENT';
}
