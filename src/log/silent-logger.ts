import type { Logger } from './logger.ts';

/** A logger for tests and for commands whose output is their log: it drops everything. */
export const silentLogger: Logger = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
