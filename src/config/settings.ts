import { type Settings, settingsSchema } from './settings-schema.ts';
import { readSources, type SettingsSources } from './settings-sources.ts';

export type { Settings } from './settings-schema.ts';

/**
 * The settings the service runs with: defaults, over them `settings.json` of the data folder, over that the environment
 * (`FINGERPRINT_SERVER_PORT`, lists separated by commas, booleans true, false, 1 or 0), over all the flags.
 *
 * Nothing is written. A value is checked also where a stronger source hides it.
 *
 * @returns warnings, for a person, of entries that name no setting: a newer version may have written them
 * @throws ServiceError CONFIGURATION_ERROR naming source, field, what was given and what is allowed
 */
export async function loadSettings(
	sources: SettingsSources,
): Promise<{ settings: Settings; warnings: readonly string[] }> {
	const { given, warnings } = await readSources(sources);
	const chosen: Record<string, Record<string, unknown>> = {};
	for (const { setting, value } of given) {
		chosen[setting.section] = { ...chosen[setting.section], [setting.name]: value };
	}
	return { settings: settingsSchema.parse(chosen), warnings };
}
