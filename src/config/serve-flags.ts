import type { LogLevel } from '../protocol/log-levels.ts';
import type { SettingsFlags } from './settings-sources.ts';

/** The flags of `fingerprint-service serve` and of the desktop app that override settings. */
export interface ServeFlags {
	/** A number, or the text as typed, which the settings validate. */
	readonly port?: number | string | undefined;
	readonly host?: string | undefined;
	readonly logLevel?: LogLevel | undefined;
	/** False with `--no-virtual`; default true. */
	readonly virtual?: boolean | undefined;
}

/** Returns the settings that the flags override. */
export function toSettingsFlags({ port, host, logLevel, virtual = true }: ServeFlags): SettingsFlags {
	return {
		server: { port, host },
		log: { level: logLevel },
		virtual: { enabled: virtual ? undefined : false },
	};
}
