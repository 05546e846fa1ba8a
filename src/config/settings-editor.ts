import { assertNever } from '../protocol/assert-never.ts';
import { ServiceError } from '../protocol/errors.ts';
import { withFileLock } from './file-lock.ts';
import type { Setting } from './setting.ts';
import { readSettingsFile, type SettingsFile, sectionOf, settingsPath, writeSettingsFile } from './settings-file.ts';
import { SETTINGS } from './settings-schema.ts';
import { findSetting, type GivenValue, readSources, type SettingsSources } from './settings-sources.ts';

type Valued<S> = S extends Setting
	? S & { readonly value: S['fallback']; readonly source: GivenValue['source'] | 'default' }
	: never;

/** A setting with the value it has and the strongest source that gives it. */
export type ValuedSetting = Valued<Setting>;

/**
 * Every setting with its value, in the order of the schema: what `loadSettings` would give, and from where.
 *
 * @throws ServiceError CONFIGURATION_ERROR as `loadSettings` does
 */
export async function readSettingValues(sources: SettingsSources): Promise<readonly ValuedSetting[]> {
	const strongest = await readStrongest(sources);
	return SETTINGS.map((setting) => {
		const { value, source } = strongest.get(setting.field) ?? { value: setting.fallback, source: 'default' };
		return withValue(setting, value, source);
	});
}

/**
 * Change entries of `settings.json`, all of them or none; everything else in the file stays as it is.
 *
 * @param values by field, such as `server.port`, not trusted; null takes the entry out of the file
 * @throws ServiceError CONFIGURATION_ERROR if a value is refused, or its setting unknown or given by a stronger source:
 *   `details.field` names the first such field, `details.fields` says for each what is allowed or why; also if the file is damaged.
 *   DB_QUERY_FAILED naming the file, if it cannot be written or stays locked
 */
export async function writeSettings(
	sources: SettingsSources & { readonly values: Readonly<Record<string, unknown>> },
): Promise<void> {
	await withFileLock(settingsPath(sources.dataDir), async () => {
		const changes = checkChanges(sources.values, await readStrongest(sources));
		const file = await readSettingsFile(sources.dataDir);
		for (const change of changes) apply(change, file);
		await writeSettingsFile(file);
	});
}

async function readStrongest(sources: SettingsSources): Promise<ReadonlyMap<string, GivenValue>> {
	const { given } = await readSources(sources);
	return new Map(given.map((it) => [it.setting.field, it]));
}

function withValue(setting: Setting, value: unknown, source: ValuedSetting['source']): ValuedSetting {
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
	strongest: ReadonlyMap<string, GivenValue>,
): readonly Change[] {
	const changes: Change[] = [];
	const reasons: [field: string, reason: string][] = [];
	for (const [field, value] of Object.entries(values)) {
		const setting = findSetting(field);
		const reason = refusalOf(setting, value, strongest.get(field));
		if (reason !== undefined) reasons.push([field, reason]);
		else if (setting !== undefined) changes.push({ setting, value });
	}
	const [first] = reasons;
	if (first === undefined) return changes;
	const [field, reason] = first;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${field} cannot be changed to ${JSON.stringify(values[field])}: ${reason}`,
		// Not an object literal: a field may be called __proto__.
		details: { field, fields: Object.fromEntries(reasons) },
	});
}

function refusalOf(setting: Setting | undefined, value: unknown, given: GivenValue | undefined): string | undefined {
	if (setting === undefined) return 'no setting has this name';
	if (given !== undefined && given.source !== 'file') return `${given.place} sets it and goes before settings.json`;
	if (value === null || setting.schema.safeParse(value).success) return undefined;
	return `allowed: ${setting.allowed}`;
}

/** An entry that was there keeps its place, a new one goes to the end; a section that becomes empty goes. */
function apply({ setting: { section, name }, value }: Change, file: SettingsFile): void {
	const entries = sectionOf(file, section);
	if (value === null) delete entries[name];
	else entries[name] = value;
	if (Object.keys(entries).length > 0) file.content[section] = entries;
	else delete file.content[section];
}
