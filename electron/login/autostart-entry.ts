import { join } from 'node:path';

/** Where Linux desktops look for programs to start at login. @see "Desktop Application Autostart Specification", freedesktop.org */
export function autostartFile({ env, home }: { env: NodeJS.ProcessEnv; home: string }): string {
	const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(home, '.config');
	return join(config, 'autostart', 'fingerprint-service.desktop');
}

/** The text of that file. @param program absolute path of what to start */
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
 * Quoted for `Exec`: first as an argument, where " ` $ and \ are escaped, then as a string of the file, where \ is escaped
 * again; % begins a field code.
 *
 * @see "Desktop Entry Specification", freedesktop.org, "The Exec key"
 */
function quoteArgument(text: string): string {
	const argument = text.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
	return `"${argument.replaceAll('\\', '\\\\')}"`;
}
