export { LOG_LEVELS, type LogLevel } from '../protocol/log-levels.ts';

/** Facts beside the text, for search and for the operator's window. Never a key, token, template or image. */
export type LogMetadata = Readonly<Record<string, unknown>>;

/** The port through which every part of the service reports; `createLogger('DeviceRegistry')` gives one its name. */
export interface Logger {
	error(message: string, metadata?: LogMetadata): void;
	warn(message: string, metadata?: LogMetadata): void;
	info(message: string, metadata?: LogMetadata): void;
	debug(message: string, metadata?: LogMetadata): void;
}

/** @param name the part that speaks, PascalCase as its class */
export type CreateLogger = (name: string) => Logger;
