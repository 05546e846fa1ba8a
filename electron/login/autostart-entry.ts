import { join } from 'node:path';

/**
 * Returns the path of the file that makes a Linux desktop start the app at login.
 *
 * @see "Desktop Application Autostart Specification", freedesktop.org
 */
export function autostartFile({ env, home }: { env: NodeJS.ProcessEnv; home: string }): string {
	const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(home, '.config');
	return join(config, 'autostart', 'fingerprint-service.desktop');
}

/** Returns the text of that file. @param program absolute path of the executable */
export function autostartEntry(program: string): string {
	return [
		'[Desktop Entry]',
		'Type=Application',
		'Name=Fingerprint Service',
		`Exec=${quoteArgument(program)} --hidden`,
		'Terminal=false',
		'X-GNOME-Autostart-enabled=true',
		'',
	].join('\n');
}

/**
 * Quotes an argument for `Exec`. The characters " ` $ and \ are escaped as in an argument, then every \ is escaped again as
 * in any string of the file. % is doubled, because it begins a field code.
 *
 * @see "Desktop Entry Specification", freedesktop.org, "The Exec key"
 */
function quoteArgument(text: string): string {
	const argument = text.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
	return `"${argument.replaceAll('\\', '\\\\')}"`;
}
