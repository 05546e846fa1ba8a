import type { Logger } from './logger.ts';

/** Drops every entry; for tests and for commands that report through their output. */
export const silentLogger: Logger = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
