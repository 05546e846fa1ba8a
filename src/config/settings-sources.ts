import { ServiceError } from '../protocol/errors.ts';
import type { Setting } from './setting.ts';
import { readSettingsFile, type SettingsFile, sectionOf } from './settings-file.ts';
import { SETTINGS, type Settings } from './settings-schema.ts';

/** Whatever can give values to settings. */
export interface SettingsSources {
	/** Where `settings.json` is. */
	readonly dataDir: string;
	readonly env: NodeJS.ProcessEnv;
	readonly flags?: SettingsFlags;
}

/** A value that some source gives to a setting. */
export interface GivenValue {
	readonly setting: Setting;
	readonly value: unknown;
	readonly source: 'file' | 'environment' | 'flag';
	/** For a person: the path of the file, the name of the variable, or the command line. */
	readonly place: string;
}

/** What one source says, or all of them. Warnings tell of entries that name no setting; those are ignored. */
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

const settingsByField: ReadonlyMap<string, Setting> = new Map(SETTINGS.map((setting) => [setting.field, setting]));
const settingsByVariable = new Map(SETTINGS.map((setting) => [foldName(setting.field.replace('.', '_')), setting]));

/**
 * What the sources give, each value checked: first the file, then the environment, then the flags; a later value is stronger.
 *
 * @throws ServiceError CONFIGURATION_ERROR naming source, field, what was given and what is allowed
 */
export async function readSources({ dataDir, env, flags = {} }: SettingsSources): Promise<SourceReading> {
	const readings = [readEntries(await readSettingsFile(dataDir)), readEnvironment(env), readFlags(flags)];
	const given = readings.flatMap((reading) => reading.given);
	for (const value of given) check(value);
	return { given, warnings: readings.flatMap((reading) => reading.warnings) };
}

/** The setting of this field, such as `server.port`. */
export function findSetting(field: string): Setting | undefined {
	return settingsByField.get(field);
}

function readEntries(file: SettingsFile): SourceReading {
	const given: GivenValue[] = [];
	const warnings: string[] = [];
	for (const [field, value] of fieldsOf(file)) {
		const setting = findSetting(field);
		if (setting === undefined) warnings.push(`${file.path}: ${field} is no setting and is ignored`);
		else given.push({ setting, value, source: 'file', place: file.path });
	}
	return { given, warnings };
}

/** The fields of the known sections; any other section as one field. */
function fieldsOf(file: SettingsFile): [field: string, value: unknown][] {
	return Object.entries(file.content).flatMap(([section, value]) => {
		if (SETTINGS.every((setting) => setting.section !== section)) return [[section, value]];
		const entries = Object.entries(sectionOf(file, section));
		return entries.map(([name, entry]): [string, unknown] => [`${section}.${name}`, entry]);
	});
}

/** The variables that begin with `FINGERPRINT_`; in the names of settings case and underscores do not matter. */
function readEnvironment(env: NodeJS.ProcessEnv): SourceReading {
	const given: GivenValue[] = [];
	const warnings: string[] = [];
	for (const [variable, text] of Object.entries(env)) {
		const [, name] = /^FINGERPRINT_(.*)$/i.exec(variable) ?? [];
		if (text === undefined || name === undefined || OTHER_VARIABLES.has(variable)) continue;
		const setting = settingsByVariable.get(foldName(name));
		if (setting === undefined) warnings.push(`Environment variable ${variable} names no setting and is ignored`);
		else {
			const place = `Environment variable ${variable}`;
			given.push({ setting, value: readText(text, setting), source: 'environment', place });
		}
	}
	return { given, warnings };
}

/** What the operator typed; undefined flags say nothing. */
function readFlags(flags: Readonly<Record<string, Readonly<Record<string, unknown>>>>): SourceReading {
	const given = SETTINGS.flatMap((setting): GivenValue[] => {
		const flag = flags[setting.section]?.[setting.name];
		const value = typeof flag === 'string' ? readText(flag, setting) : flag;
		return value === undefined ? [] : [{ setting, value, source: 'flag', place: 'Command line' }];
	});
	return { given, warnings: [] };
}

/** Text as the type of the setting; text that does not fit stays as it is, for the schema to refuse. */
function readText(text: string, { kind }: Setting): unknown {
	if (kind === 'number') return /^-?\d+$/.test(text) ? Number(text) : text;
	if (kind === 'flag') return BOOLEANS.get(text) ?? text;
	if (kind === 'list') return text.split(',').flatMap((entry) => entry.trim() || []);
	return text;
}

function check({ setting, value, source, place }: GivenValue): void {
	if (setting.schema.safeParse(value).success) return;
	const { field, allowed } = setting;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${place}: ${field} is ${JSON.stringify(value)}; allowed: ${allowed}`,
		details: source === 'file' ? { file: place, field } : { field },
	});
}

function foldName(name: string): string {
	return name.replaceAll('_', '').toUpperCase();
}
