import { join } from 'node:path';
import { ServiceError } from '../protocol/errors.ts';
import { type Settings, settingsSchema } from './settings-schema.ts';
import {
	type GivenValue,
	readEnvironment,
	readFlags,
	readSettingsFile,
	type SettingsFlags,
} from './settings-sources.ts';

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
export async function loadSettings(sources: {
	readonly dataDir: string;
	readonly env: NodeJS.ProcessEnv;
	readonly flags?: SettingsFlags;
}): Promise<{ settings: Settings; warnings: string[] }> {
	const readings = [
		await readSettingsFile(join(sources.dataDir, 'settings.json')),
		readEnvironment(sources.env),
		readFlags(sources.flags ?? {}),
	];
	const chosen: Record<string, Record<string, unknown>> = {};
	for (const given of readings.flatMap((reading) => reading.given)) {
		check(given);
		const { section, name } = given.setting;
		chosen[section] = { ...chosen[section], [name]: given.value };
	}
	return { settings: settingsSchema.parse(chosen), warnings: readings.flatMap((reading) => reading.warnings) };
}

function check({ setting, value, source, file }: GivenValue): void {
	if (setting.schema.safeParse(value).success) return;
	const { field, allowed } = setting;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${source}: ${field} is ${JSON.stringify(value)}; allowed: ${allowed}`,
		details: file === undefined ? { field } : { file, field },
	});
}
