import { parseArgs } from 'node:util';
import { ServiceError } from '../../src/protocol/errors.ts';
import { LOG_LEVELS, type LogLevel } from '../../src/protocol/log-levels.ts';

/** The parsed command line of the desktop app: `--hidden`, and those flags of `serve` that apply to it. */
export interface DesktopArguments {
	/** Whether to start in the tray, without a window. */
	readonly isHidden: boolean;
	readonly dataDir?: string;
	/** The text as typed; the settings validate it. */
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
 * Parses the command line. Unknown flags are ignored, because Electron and Chromium have their own.
 *
 * @param args the arguments after the executable and the app's path
 * @throws ServiceError CONFIGURATION_ERROR that names the flag
 */
export function parseDesktopArguments(args: readonly string[]): DesktopArguments {
	const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: false });
	const { hidden, 'data-dir': dataDir, port, host, 'log-level': logLevel, 'no-virtual': noVirtual } = values;
	return {
		isHidden: hidden === true,
		virtual: noVirtual !== true,
		...(dataDir !== undefined && { dataDir: requireText('data-dir', dataDir) }),
		...(port !== undefined && { port: requireText('port', port) }),
		...(host !== undefined && { host: requireText('host', host) }),
		...(logLevel !== undefined && { logLevel: requireLogLevel(logLevel) }),
	};
}

function requireText(flag: string, value: string | boolean): string {
	if (typeof value === 'string' && value !== '') return value;
	throw new ServiceError('CONFIGURATION_ERROR', { message: `--${flag} needs a value`, details: { field: flag } });
}

function requireLogLevel(value: string | boolean): LogLevel {
	const level = LOG_LEVELS.find((known) => known === value);
	if (level !== undefined) return level;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `--log-level is ${value}; allowed: one of ${LOG_LEVELS.join(', ')}`,
		details: { field: 'log-level' },
	});
}
