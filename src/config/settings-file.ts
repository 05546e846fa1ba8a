import { join } from 'node:path';
import { ServiceError } from '../protocol/errors.ts';
import { parseJson, readDataFile, writeDataFile } from './data-folder.ts';
import { shownValue } from './shown-value.ts';

/** A JSON object whose values are not validated. */
export type JsonObject = Record<string, unknown>;

/** The content of `settings.json`: sections such as `{"server":{"port":8080}}`, and possibly entries of a newer version. */
export interface SettingsFile {
	readonly path: string;
	readonly content: JsonObject;
	/** The indent of the first level; a tab unless the file uses another. */
	readonly indent: string;
}

/** Returns the path of the settings file in a data folder. */
export function settingsPath(dataDir: string): string {
	return join(dataDir, 'settings.json');
}

/**
 * Reads `settings.json`. A missing file has no content.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the file, if it is unreadable or not a JSON object
 */
export async function readSettingsFile(dataDir: string): Promise<SettingsFile> {
	const path = settingsPath(dataDir);
	const text = (await readDataFile(path)) ?? '{}';
	const [, indent = '\t'] = /^\s*\{\r?\n([ \t]+)/.exec(text) ?? [];
	return { path, content: asObject(path, undefined, parseJson(path, text)), indent };
}

/**
 * Returns the entries of a section, none if the section is missing.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the file and the section, if it is not an object
 */
export function sectionOf({ path, content }: SettingsFile, section: string): JsonObject {
	const value = content[section];
	return value === undefined ? {} : asObject(path, section, value);
}

/** Writes the settings file. @throws ServiceError DB_QUERY_FAILED naming the file, which is then unchanged */
export async function writeSettingsFile({ path, content, indent }: SettingsFile): Promise<void> {
	await writeDataFile(path, `${JSON.stringify(content, undefined, indent)}\n`, { mode: 0o600 });
}

function asObject(path: string, section: string | undefined, value: unknown): JsonObject {
	if (isObject(value)) return value;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${path}: ${section ?? 'the file'} is ${shownValue(value)}; allowed: a JSON object in braces`,
		details: section === undefined ? { file: path } : { file: path, field: section },
	});
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
