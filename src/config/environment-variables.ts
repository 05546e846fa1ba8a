/** Prefix of every environment variable of the service. */
export const VARIABLE_PREFIX = 'FINGERPRINT_';

/** Environment variable that names the data folder. */
export const DATA_DIR_VARIABLE = `${VARIABLE_PREFIX}DATA_DIR`;

/** Environment variable with the API key for the `scan` command. */
export const KEY_VARIABLE = `${VARIABLE_PREFIX}KEY`;

/** Returns the variable of a setting: `virtual.autoTouch` is set by `FINGERPRINT_VIRTUAL_AUTO_TOUCH`. */
export function settingVariable(field: string): string {
	return VARIABLE_PREFIX + field.replace(/[A-Z]/g, '_$&').replace('.', '_').toUpperCase();
}
