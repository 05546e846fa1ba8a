import { assertNever } from '../protocol/assert-never.ts';
import { ServiceError } from '../protocol/errors.ts';
import { withFileLock } from './file-lock.ts';
import type { Setting } from './setting.ts';
import { readSettingsFile, type SettingsFile, sectionOf, settingsPath, writeSettingsFile } from './settings-file.ts';
import { SETTINGS } from './settings-schema.ts';
import { findSetting, readSources, type SettingsSources, type SourceValue } from './settings-sources.ts';

type WithValue<S> = S extends Setting
	? S & { readonly value: S['fallback']; readonly source: SourceValue['source'] | 'default' }
	: never;

/** A setting with its current value and the source of that value. */
export type SettingWithValue = WithValue<Setting>;

/**
 * Returns every setting with the value that `loadSettings` would return and its source, in the order of the schema.
 *
 * @throws ServiceError CONFIGURATION_ERROR in the same cases as `loadSettings`
 */
export async function readSettingValues(sources: SettingsSources): Promise<readonly SettingWithValue[]> {
	const strongest = await readStrongestValues(sources);
	return SETTINGS.map((setting) => {
		const { value, source } = strongest.get(setting.field) ?? { value: setting.fallback, source: 'default' };
		return withValue(setting, value, source);
	});
}

/**
 * Changes entries of `settings.json`, all or none. The rest of the file stays as it is.
 *
 * @param sources.values unvalidated values by field, such as `server.port`; null removes the entry from the file
 * @throws ServiceError CONFIGURATION_ERROR if a value is invalid, its setting is unknown, or the environment or a flag overrides it:
 *   `details.field` names the first such field, `details.fields` contains the reason by field. Also if the file is damaged.
 *   DB_QUERY_FAILED naming the file, if it cannot be written or stays locked
 */
export async function writeSettings(
	sources: SettingsSources & { readonly values: Readonly<Record<string, unknown>> },
): Promise<void> {
	await withFileLock(settingsPath(sources.dataDir), async () => {
		const changes = checkChanges(sources.values, await readStrongestValues(sources));
		const file = await readSettingsFile(sources.dataDir);
		for (const change of changes) applyChange(change, file);
		await writeSettingsFile(file);
	});
}

async function readStrongestValues(sources: SettingsSources): Promise<ReadonlyMap<string, SourceValue>> {
	const { values } = await readSources(sources);
	return new Map(values.map((it) => [it.setting.field, it]));
}

function withValue(setting: Setting, value: unknown, source: SettingWithValue['source']): SettingWithValue {
	switch (setting.kind) {
		case 'number':
			return { ...setting, value: setting.schema.parse(value), source };
		case 'text':
			return { ...setting, value: setting.schema.parse(value), source };
		case 'flag':
			return { ...setting, value: setting.schema.parse(value), source };
		case 'choice':
			return { ...setting, value: setting.schema.parse(value), source };
		case 'list':
			return { ...setting, value: setting.schema.parse(value), source };
		default:
			return assertNever(setting);
	}
}

interface Change {
	readonly setting: Setting;
	readonly value: unknown;
}

function checkChanges(
	values: Readonly<Record<string, unknown>>,
	strongest: ReadonlyMap<string, SourceValue>,
): readonly Change[] {
	const changes: Change[] = [];
	const reasons: [field: string, reason: string][] = [];
	for (const [field, value] of Object.entries(values)) {
		const setting = findSetting(field);
		const reason = refusalReason(setting, value, strongest.get(field));
		if (reason !== undefined) reasons.push([field, reason]);
		else if (setting !== undefined) changes.push({ setting, value });
	}
	const [first] = reasons;
	if (first === undefined) return changes;
	const [field, reason] = first;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${field} cannot be changed to ${JSON.stringify(values[field])}: ${reason}`,
		// Not an object literal, because a field may be called __proto__.
		details: { field, fields: Object.fromEntries(reasons) },
	});
}

function refusalReason(
	setting: Setting | undefined,
	value: unknown,
	given: SourceValue | undefined,
): string | undefined {
	if (setting === undefined) return 'no setting has this name';
	if (given !== undefined && given.source !== 'file')
		return `${given.sourceName} sets it and overrides settings.json; change it there`;
	if (value === null || setting.schema.safeParse(value).success) return undefined;
	return `allowed: ${setting.allowed}`;
}

/** Keeps the position of an existing entry, appends a new one, and removes a section that becomes empty. */
function applyChange({ setting: { section, name }, value }: Change, file: SettingsFile): void {
	const entries = sectionOf(file, section);
	if (value === null) delete entries[name];
	else entries[name] = value;
	if (Object.keys(entries).length > 0) file.content[section] = entries;
	else delete file.content[section];
}
