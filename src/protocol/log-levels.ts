/** Levels from the gravest down; a threshold lets its own level and everything before it through. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];
