import { parseArgs } from 'node:util';
import { ServiceError } from '../../src/protocol/errors.ts';
import { LOG_LEVELS, type LogLevel } from '../../src/protocol/log-levels.ts';

/** What the desktop app is started with; of the command line of `serve` the flags that make sense here. */
export interface DesktopArguments {
	/** Start in the tray, without a window. */
	readonly isHidden: boolean;
	readonly dataDir?: string;
	/** Text as typed: the settings check it. */
	readonly port?: string;
	readonly host?: string;
	readonly logLevel?: LogLevel;
	/** False with `--no-virtual`. */
	readonly virtual: boolean;
}

const OPTIONS = {
	hidden: { type: 'boolean' },
	'data-dir': { type: 'string' },
	port: { type: 'string' },
	host: { type: 'string' },
	'log-level': { type: 'string' },
	'no-virtual': { type: 'boolean' },
} as const;

/**
 * Read the command line; what is not known is left to Electron and Chromium, which have flags of their own.
 *
 * @param args without the program and the app itself
 * @throws ServiceError CONFIGURATION_ERROR naming the flag
 */
export function parseShellArguments(args: readonly string[]): DesktopArguments {
	const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: false });
	const { hidden, 'data-dir': dataDir, port, host, 'log-level': logLevel, 'no-virtual': noVirtual } = values;
	return {
		isHidden: hidden === true,
		virtual: noVirtual !== true,
		...(dataDir !== undefined && { dataDir: textOf('data-dir', dataDir) }),
		...(port !== undefined && { port: textOf('port', port) }),
		...(host !== undefined && { host: textOf('host', host) }),
		...(logLevel !== undefined && { logLevel: levelOf(logLevel) }),
	};
}

function textOf(flag: string, value: string | boolean): string {
	if (typeof value === 'string' && value !== '') return value;
	throw new ServiceError('CONFIGURATION_ERROR', { message: `--${flag} needs a value`, details: { field: flag } });
}

function levelOf(value: string | boolean): LogLevel {
	const level = LOG_LEVELS.find((known) => known === value);
	if (level !== undefined) return level;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `--log-level is ${value}; allowed: one of ${LOG_LEVELS.join(', ')}`,
		details: { field: 'log-level' },
	});
}
