import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '../protocol/assert-never.ts';
import { ServiceError } from '../protocol/errors.ts';
import { withFileLock } from './file-lock.ts';
import type { Setting } from './setting.ts';
import { readSettingsFile, type SettingsFile, sectionOf, settingsPath, writeSettingsFile } from './settings-file.ts';
import { SETTINGS } from './settings-schema.ts';
import { findSetting, readSources, type SettingsSources, type SourceValue } from './settings-sources.ts';
import { shownValue } from './shown-value.ts';

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

/** Unvalidated changes to settings, by field such as `server.port`. */
export interface SettingChanges {
	/** The new values; null removes the entry from the file. */
	readonly values: Readonly<Record<string, unknown>>;
	/** The values that the caller has seen and wants to replace; a field without one is replaced whatever its value is. */
	readonly replaces?: Readonly<Record<string, unknown>>;
}

/**
 * Changes entries of `settings.json`, all or none. The rest of the file stays as it is.
 *
 * @throws ServiceError CONFIGURATION_ERROR if a value is invalid, its setting is unknown, or the environment or a flag overrides it:
 *   `details.field` names the first such field, `details.fields` contains the reason by field. The same with `details.reason` =
 *   `changed` if a value is no longer the one to replace. Also if the file is damaged.
 *   DB_QUERY_FAILED naming the file, if it cannot be written or stays locked
 */
export async function writeSettings(sources: SettingsSources & SettingChanges): Promise<void> {
	await withFileLock(settingsPath(sources.dataDir), async (confirm) => {
		const changes = checkChanges(sources, await readStrongestValues(sources));
		const file = await readSettingsFile(sources.dataDir);
		for (const change of changes) applyChange(change, file);
		await confirm();
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
	{ values, replaces = {} }: SettingChanges,
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
	if (reasons.length > 0) throw refusalError(values, reasons);
	const conflicts = changes.flatMap(({ setting: { field, fallback } }): [field: string, reason: string][] => {
		const current = strongest.get(field)?.value ?? fallback;
		if (!Object.hasOwn(replaces, field) || isDeepStrictEqual(replaces[field], current)) return [];
		return [[field, `it was changed to ${shownValue(current)} in the meantime`]];
	});
	if (conflicts.length > 0) throw refusalError(values, conflicts, 'changed');
	return changes;
}

/** Returns the error of refused changes. @param reasons at least one; the message contains the first */
export function refusalError(
	values: SettingChanges['values'],
	reasons: readonly (readonly [field: string, reason: string])[],
	reason?: 'changed' | 'address',
): ServiceError {
	const [[field, first] = ['', '']] = reasons;
	return new ServiceError('CONFIGURATION_ERROR', {
		message: `${field} cannot be changed to ${shownValue(values[field])}: ${first}`,
		// Not an object literal, because a field may be called __proto__.
		details: { field, fields: Object.fromEntries(reasons), ...(reason && { reason }) },
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
