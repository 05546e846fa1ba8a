import { ServiceError } from '../protocol/errors.ts';
import { parseJson, readDataFile } from './data-folder.ts';
import { SETTINGS, type Setting, type Settings } from './settings-schema.ts';

/** A value that some source gives to a setting, not checked yet. */
export interface GivenValue {
	readonly setting: Setting;
	readonly value: unknown;
	/** For a person: the path of the file, the name of the variable, or the command line. */
	readonly source: string;
	readonly file?: string;
}

/** What one source says. Warnings tell of entries that name no setting; those are ignored. */
export interface SourceReading {
	readonly given: readonly GivenValue[];
	readonly warnings: readonly string[];
}

/** Values that the command line puts above every other source; text is read as in an environment variable. */
export type SettingsFlags = {
	readonly [S in keyof Settings]?: { readonly [N in keyof Settings[S]]?: Settings[S][N] | string | undefined };
};

/** Variables that the command line reads itself, in this spelling alone. */
const OTHER_VARIABLES = new Set(['FINGERPRINT_DATA_DIR', 'FINGERPRINT_KEY']);

const BOOLEANS = new Map([
	['true', true],
	['1', true],
	['false', false],
	['0', false],
]);

const settingsByField = new Map(SETTINGS.map((setting) => [setting.field, setting]));
const settingsByVariable = new Map(SETTINGS.map((setting) => [foldName(setting.field.replace('.', '_')), setting]));

/**
 * A file of sections, such as `{"server":{"port":8080}}`; a missing one says nothing.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the file, if it is unreadable, no JSON or not made of sections
 */
export async function readSettingsFile(file: string): Promise<SourceReading> {
	const text = await readDataFile(file);
	const sections = text === undefined ? {} : asObject(file, undefined, parseJson(file, text));
	const given: GivenValue[] = [];
	const warnings: string[] = [];
	for (const [field, value] of fieldsOf(file, sections)) {
		const setting = settingsByField.get(field);
		if (setting === undefined) warnings.push(`${file}: ${field} is no setting and is ignored`);
		else given.push({ setting, value, source: file, file });
	}
	return { given, warnings };
}

/** The fields of the known sections; any other section as one field. */
function fieldsOf(file: string, sections: object): [field: string, value: unknown][] {
	return Object.entries(sections).flatMap(([section, values]) => {
		if (SETTINGS.every((setting) => setting.section !== section)) return [[section, values]];
		const entries = Object.entries(asObject(file, section, values));
		return entries.map(([name, value]): [string, unknown] => [`${section}.${name}`, value]);
	});
}

/** The variables that begin with `FINGERPRINT_`; in the names of settings case and underscores do not matter. */
export function readEnvironment(env: NodeJS.ProcessEnv): SourceReading {
	const given: GivenValue[] = [];
	const warnings: string[] = [];
	for (const [variable, text] of Object.entries(env)) {
		const [, name] = /^FINGERPRINT_(.*)$/i.exec(variable) ?? [];
		if (text === undefined || name === undefined || OTHER_VARIABLES.has(variable)) continue;
		const setting = settingsByVariable.get(foldName(name));
		if (setting === undefined) warnings.push(`Environment variable ${variable} names no setting and is ignored`);
		else given.push({ setting, value: readText(text, setting), source: `Environment variable ${variable}` });
	}
	return { given, warnings };
}

/** What the operator typed; undefined flags say nothing. */
export function readFlags(flags: Readonly<Record<string, Readonly<Record<string, unknown>>>>): SourceReading {
	const given = SETTINGS.map((setting) => {
		const value = flags[setting.section]?.[setting.name];
		return { setting, value: typeof value === 'string' ? readText(value, setting) : value, source: 'Command line' };
	});
	return { given: given.filter(({ value }) => value !== undefined), warnings: [] };
}

/** Text as the type of the setting; text that does not fit stays as it is, for the schema to refuse. */
function readText(text: string, { fallback }: Setting): unknown {
	if (typeof fallback === 'number') return /^-?\d+$/.test(text) ? Number(text) : text;
	if (typeof fallback === 'boolean') return BOOLEANS.get(text) ?? text;
	if (!Array.isArray(fallback)) return text;
	return text.split(',').flatMap((entry) => entry.trim() || []);
}

function foldName(name: string): string {
	return name.replaceAll('_', '').toUpperCase();
}

function asObject(file: string, section: string | undefined, value: unknown): object {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${file}: ${section ?? 'the file'} is ${JSON.stringify(value)}; allowed: an object in braces`,
		details: section === undefined ? { file } : { file, field: section },
	});
}
