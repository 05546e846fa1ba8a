import { readFileSync } from 'node:fs';

/*
 * Loaded into a program with `--import`: its wall clock is ahead of the system's by the milliseconds in the file that the environment
 * variable CLOCK_OFFSET_FILE names. The monotonic clock and the timers stay as they are, as when the operator sets the computer's clock.
 */

const SystemDate = Date;

function now(): number {
	return SystemDate.now() + Number(readFileSync(process.env.CLOCK_OFFSET_FILE ?? '', 'utf8'));
}

globalThis.Date = class extends SystemDate {
	static override now = now;

	constructor(...parts: [] | [number]) {
		super(...(parts.length === 0 ? ([now()] as const) : parts));
	}
} as DateConstructor;
