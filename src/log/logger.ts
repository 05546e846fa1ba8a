/** Levels from the gravest down; a threshold lets its own level and everything before it through. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

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
