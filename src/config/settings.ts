import { type Settings, settingsSchema } from './settings-schema.ts';
import { readSources, type SettingsSources } from './settings-sources.ts';

export type { Settings } from './settings-schema.ts';

/**
 * Loads the settings that the service runs with. Flags override the environment (`FINGERPRINT_SERVER_PORT`; lists separated by
 * commas; booleans true, false, 1 or 0), which overrides `settings.json` of the data folder, which overrides the defaults.
 *
 * Nothing is written. Overridden values are checked as well.
 *
 * @returns human-readable warnings about entries that name no setting, which a newer version may have written
 * @throws ServiceError CONFIGURATION_ERROR naming the source, the field, the value and what is allowed
 */
export async function loadSettings(
	sources: SettingsSources,
): Promise<{ settings: Settings; warnings: readonly string[] }> {
	const { values, warnings } = await readSources(sources);
	const chosen: Record<string, Record<string, unknown>> = {};
	for (const { setting, value } of values) {
		chosen[setting.section] = { ...chosen[setting.section], [setting.name]: value };
	}
	return { settings: settingsSchema.parse(chosen), warnings };
}
