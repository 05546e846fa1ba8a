export { LOG_LEVELS, type LogLevel } from '../protocol/log-levels.ts';

/** Structured data for search and for the operator window. It must not contain a key, token, template or image. */
export type LogMetadata = Readonly<Record<string, unknown>>;

/** The port through which each component of the service logs. */
export interface Logger {
	error(message: string, metadata?: LogMetadata): void;
	warn(message: string, metadata?: LogMetadata): void;
	info(message: string, metadata?: LogMetadata): void;
	debug(message: string, metadata?: LogMetadata): void;
}

/** @param name the component that logs, such as `DeviceRegistry` */
export type CreateLogger = (name: string) => Logger;
