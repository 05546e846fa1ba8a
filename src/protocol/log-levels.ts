/** Levels from the most to the least severe; a threshold passes its own level and the more severe ones. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];
