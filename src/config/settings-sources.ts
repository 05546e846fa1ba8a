import { ServiceError } from '../protocol/errors.ts';
import { DATA_DIR_VARIABLE, KEY_VARIABLE, VARIABLE_PREFIX } from './environment-variables.ts';
import type { Setting } from './setting.ts';
import { readSettingsFile, type SettingsFile, sectionOf } from './settings-file.ts';
import { SETTINGS, type Settings } from './settings-schema.ts';
import { shownValue } from './shown-value.ts';

/** The sources of the values of settings. */
export interface SettingsSources {
	/** The folder that contains `settings.json`. */
	readonly dataDir: string;
	readonly env: NodeJS.ProcessEnv;
	readonly flags?: SettingsFlags;
}

/** A value that one source gives to a setting. */
export interface SourceValue {
	readonly setting: Setting;
	readonly value: unknown;
	readonly source: 'file' | 'environment' | 'flag';
	/** Human-readable: the path of the file, the environment variable, or the command line. */
	readonly sourceName: string;
}

/** The values of one source or of all. Warnings report entries that name no setting and are therefore ignored. */
export interface SourceContent {
	readonly values: readonly SourceValue[];
	readonly warnings: readonly string[];
}

/** Values from the command line, which override every other source. Strings are parsed as in environment variables. */
export type SettingsFlags = {
	readonly [S in keyof Settings]?: { readonly [N in keyof Settings[S]]?: Settings[S][N] | string | undefined };
};

/** Variables that are not settings; only this exact spelling is recognised. */
const OTHER_VARIABLES = new Set([DATA_DIR_VARIABLE, KEY_VARIABLE]);

const BOOLEANS = new Map([
	['true', true],
	['1', true],
	['false', false],
	['0', false],
]);

const settingsByField: ReadonlyMap<string, Setting> = new Map(SETTINGS.map((setting) => [setting.field, setting]));
const settingsByVariable = new Map(SETTINGS.map((setting) => [normaliseName(setting.variable), setting]));

/**
 * Reads and checks the values of all sources: the file, then the environment, then the flags. A later value overrides an
 * earlier one.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming the source, the field, the value and what is allowed
 */
export async function readSources({ dataDir, env, flags = {} }: SettingsSources): Promise<SourceContent> {
	const readings = [readEntries(await readSettingsFile(dataDir)), readEnvironment(env), readFlags(flags)];
	const values = readings.flatMap((reading) => reading.values);
	for (const value of values) checkValue(value);
	return { values, warnings: readings.flatMap((reading) => reading.warnings) };
}

/** Returns the setting of a field such as `server.port`. */
export function findSetting(field: string): Setting | undefined {
	return settingsByField.get(field);
}

function readEntries(file: SettingsFile): SourceContent {
	const values: SourceValue[] = [];
	const warnings: string[] = [];
	for (const [field, value] of fieldsOf(file)) {
		const setting = findSetting(field);
		if (setting === undefined) warnings.push(`${file.path}: ${field} is not a setting and is ignored`);
		else values.push({ setting, value, source: 'file', sourceName: file.path });
	}
	return { values, warnings };
}

/** Returns the fields of known sections, and each unknown section as one field. */
function fieldsOf(file: SettingsFile): [field: string, value: unknown][] {
	return Object.entries(file.content).flatMap(([section, value]) => {
		if (SETTINGS.every((setting) => setting.section !== section)) return [[section, value]];
		const entries = Object.entries(sectionOf(file, section));
		return entries.map(([name, entry]): [string, unknown] => [`${section}.${name}`, entry]);
	});
}

/** Reads the variables with the prefix of the service. Case and underscores do not matter in the names of settings. */
function readEnvironment(env: NodeJS.ProcessEnv): SourceContent {
	const values: SourceValue[] = [];
	const warnings: string[] = [];
	for (const [variable, text] of Object.entries(env)) {
		if (text === undefined || !variable.toUpperCase().startsWith(VARIABLE_PREFIX) || OTHER_VARIABLES.has(variable))
			continue;
		const setting = settingsByVariable.get(normaliseName(variable));
		if (setting === undefined) warnings.push(`Environment variable ${variable} is not a setting and is ignored`);
		else {
			const sourceName = `Environment variable ${variable}`;
			values.push({ setting, value: readText(text, setting), source: 'environment', sourceName });
		}
	}
	return { values, warnings };
}

/** Reads what the operator typed. Undefined flags are ignored. */
function readFlags(flags: Readonly<Record<string, Readonly<Record<string, unknown>>>>): SourceContent {
	const values = SETTINGS.flatMap((setting): SourceValue[] => {
		const flag = flags[setting.section]?.[setting.name];
		const value = typeof flag === 'string' ? readText(flag, setting) : flag;
		return value === undefined ? [] : [{ setting, value, source: 'flag', sourceName: 'Command line' }];
	});
	return { values, warnings: [] };
}

/** Converts text to the type of the setting. Text that does not fit is returned unchanged, so that the schema refuses it. */
function readText(text: string, { kind }: Setting): unknown {
	if (kind === 'number') return /^-?\d+$/.test(text) ? Number(text) : text;
	if (kind === 'flag') return BOOLEANS.get(text) ?? text;
	if (kind === 'list') return text.split(',').flatMap((entry) => entry.trim() || []);
	return text;
}

function checkValue({ setting, value, source, sourceName }: SourceValue): void {
	if (setting.schema.safeParse(value).success) return;
	const { field, allowed } = setting;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${sourceName}: ${field} is ${shownValue(value)}; allowed: ${allowed}`,
		details: source === 'file' ? { file: sourceName, field } : { field },
	});
}

function normaliseName(name: string): string {
	return name.replaceAll('_', '').toUpperCase();
}
