import { constants } from 'node:fs';
import { access, mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import envPaths from 'env-paths';
import writeFileAtomic from 'write-file-atomic';
import type * as z from 'zod';
import { ServiceError } from '../protocol/errors.ts';
import { codeOf, reasonOf } from './system-error.ts';

/**
 * Where the service keeps its files: the flag, else FINGERPRINT_DATA_DIR, else the platform's folder for configuration
 * (`~/.config/fingerprint-service`, `~/Library/Preferences/...`, `%APPDATA%\...\Config`).
 *
 * @returns an absolute path; nothing is created
 */
export function resolveDataDir(sources: { flag?: string | undefined; env: NodeJS.ProcessEnv }): string {
	const chosen = sources.flag || sources.env.FINGERPRINT_DATA_DIR;
	return chosen ? resolve(chosen) : envPaths('fingerprint-service', { suffix: '' }).config;
}

/**
 * Make the data folder if it is missing, for the operator alone (mode 0700), and check that files can be kept there.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the folder and what to do
 */
export async function prepareDataDir(path: string): Promise<void> {
	try {
		await ensureFolder(path);
	} catch (cause) {
		throw unusableDataDir(path, cause);
	}
}

/**
 * Check that `prepareDataDir` would succeed, and make nothing.
 *
 * @returns whether the data folder is there already
 * @throws ServiceError CONFIGURATION_ERROR naming the folder and what to do
 */
export async function checkDataDir(path: string): Promise<boolean> {
	try {
		const existing = await nearestExisting(path);
		await ensureFolder(existing);
		return existing === path;
	} catch (cause) {
		throw unusableDataDir(path, cause);
	}
}

/**
 * The text of a file of the data folder; `undefined` if there is no such file.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the file
 */
export async function readDataFile(path: string): Promise<string | undefined> {
	try {
		return await readFile(path, 'utf8');
	} catch (cause) {
		if (isMissing(cause)) return undefined;
		throw new ServiceError('CONFIGURATION_ERROR', {
			message: `${path} cannot be read (${reasonOf(cause)}): give this user the right to read it`,
			details: { file: path },
			cause,
		});
	}
}

/**
 * Replace a file of the data folder as a whole: readers see the old text or the new one, also after a power cut.
 *
 * @param options.mode 0600 for keys and secrets
 * @throws ServiceError DB_QUERY_FAILED naming the file, which then is as it was
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
 * The value a JSON file of the data folder holds. The file itself is never touched.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the file and the field
 */
export function parseDataFile<T>(path: string, text: string, schema: z.ZodType<T>): T {
	const { success, data, error } = schema.safeParse(parseJson(path, text));
	if (success) return data;
	const [issue] = error.issues;
	const field = issue?.path.join('.') || 'the file';
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${path}: ${field} is damaged (${issue?.message}): correct it, or move the file away to begin anew`,
		details: { file: path, field },
		cause: error,
	});
}

/** @throws ServiceError CONFIGURATION_ERROR naming the file, if `text` is not JSON */
export function parseJson(path: string, text: string): unknown {
	try {
		// Some Windows editors begin a file with a byte order mark, which JSON does not allow.
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (cause) {
		throw new ServiceError('CONFIGURATION_ERROR', {
			message: `${path} is not valid JSON (${reasonOf(cause)}): correct it, or move the file away to begin anew`,
			details: { file: path },
			cause,
		});
	}
}

async function ensureFolder(path: string): Promise<void> {
	await mkdir(path, { recursive: true, mode: 0o700 });
	// Files are written beside their target and renamed, so the folder itself must be writable.
	await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** The path itself, or the first of its parents that is there. */
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

function unusableDataDir(path: string, cause: unknown): ServiceError {
	return new ServiceError('CONFIGURATION_ERROR', {
		message: `The data folder ${path} cannot be used (${reasonOf(cause)}): make it a folder this user may write to, or name another with --data-dir`,
		details: { file: path },
		cause,
	});
}

function isMissing(error: unknown): boolean {
	return codeOf(error) === 'ENOENT';
}
