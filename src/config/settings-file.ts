import { join } from 'node:path';
import { ServiceError } from '../protocol/errors.ts';
import { parseJson, readDataFile, writeDataFile } from './data-folder.ts';

/** What an object in JSON holds, not checked any further. */
export type JsonObject = Record<string, unknown>;

/** What `settings.json` holds: sections, such as `{"server":{"port":8080}}`, and whatever a later version knows. */
export interface SettingsFile {
	readonly path: string;
	readonly content: JsonObject;
	/** White space that begins the lines of the first level; a tab unless the file has another. */
	readonly indent: string;
}

/** The path of the settings in a data folder. */
export function settingsPath(dataDir: string): string {
	return join(dataDir, 'settings.json');
}

/**
 * `settings.json` as it is; a missing one is empty.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the file, if it is unreadable or no object in JSON
 */
export async function readSettingsFile(dataDir: string): Promise<SettingsFile> {
	const path = settingsPath(dataDir);
	const text = (await readDataFile(path)) ?? '{}';
	const [, indent = '\t'] = /^\s*\{\r?\n([ \t]+)/.exec(text) ?? [];
	return { path, content: asObject(path, undefined, parseJson(path, text)), indent };
}

/**
 * The entries of a section, none if it is missing.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming file and section, if it is no object
 */
export function sectionOf({ path, content }: SettingsFile, section: string): JsonObject {
	const value = content[section];
	return value === undefined ? {} : asObject(path, section, value);
}

/** @throws ServiceError DB_QUERY_FAILED naming the file, which then is as it was */
export async function writeSettingsFile({ path, content, indent }: SettingsFile): Promise<void> {
	await writeDataFile(path, `${JSON.stringify(content, undefined, indent)}\n`, { mode: 0o600 });
}

function asObject(path: string, section: string | undefined, value: unknown): JsonObject {
	if (isObject(value)) return value;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${path}: ${section ?? 'the file'} is ${JSON.stringify(value)}; allowed: an object in braces`,
		details: section === undefined ? { file: path } : { file: path, field: section },
	});
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
