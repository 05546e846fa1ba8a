import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../protocol/errors.ts';
import { FAILURE_COUNT_RESET_MS, RETRY_DELAYS_MS } from '../time/retry-delay.ts';
import { type DeviceInput, type DeviceState, deviceTransition } from './device-machine.ts';

const error = new ServiceError('DEVICE_INIT_FAILED');
const STATES = {
	connected: { status: 'connected' },
	idle: { status: 'idle', openedMonotonic: 0, failures: 0 },
	busy: { status: 'busy', openedMonotonic: 0, failures: 0 },
	waiting: { status: 'error', phase: 'waiting', error, failures: 1 },
	opening: { status: 'error', phase: 'opening', error, failures: 1 },
} as const satisfies Record<string, DeviceState>;
const INPUTS = {
	opened: { type: 'opened', atMonotonic: 0 },
	'open-failed': { type: 'open-failed', error },
	acquired: { type: 'acquired' },
	released: { type: 'released' },
	faulted: { type: 'faulted', error, atMonotonic: 0 },
	'retry-due': { type: 'retry-due' },
} as const satisfies Record<DeviceInput['type'], DeviceInput>;

type StateName = keyof typeof STATES;
type InputName = keyof typeof INPUTS;

/** State after each input, by the state before it; `-` if the input does not apply. */
const TABLE: Record<InputName, Record<StateName, StateName | '-'>> = {
	opened: { connected: 'idle', idle: '-', busy: '-', waiting: '-', opening: 'idle' },
	'open-failed': { connected: 'waiting', idle: '-', busy: '-', waiting: '-', opening: 'waiting' },
	acquired: { connected: '-', idle: 'busy', busy: '-', waiting: '-', opening: '-' },
	released: { connected: '-', idle: '-', busy: 'idle', waiting: '-', opening: '-' },
	faulted: { connected: 'waiting', idle: 'waiting', busy: 'waiting', waiting: '-', opening: 'waiting' },
	'retry-due': { connected: '-', idle: '-', busy: '-', waiting: 'opening', opening: '-' },
};
const CELLS = (Object.keys(INPUTS) as InputName[]).flatMap((input) =>
	(Object.keys(STATES) as StateName[]).map((state) => [input, state, TABLE[input][state]] as const),
);

/** The effect of entering a state. */
const EFFECTS: Partial<Record<StateName, string>> = { waiting: 'retry-after', opening: 'open' };

describe('deviceTransition', () => {
	it.each(CELLS)('%s: %s becomes %s', (input, state, expected) => {
		const next = deviceTransition(STATES[state], INPUTS[input]);
		expect(next === undefined ? '-' : nameOf(next.state)).toBe(expected);
		const effects = next?.effects.map(({ type }) => type);
		expect(effects).toEqual(expected === '-' ? undefined : [EFFECTS[expected] ?? []].flat());
	});

	it('is described in README.md', () => {
		const page = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
		const rows = Object.entries(TABLE).map(([input, row]) => `| ${[input, ...Object.values(row)].join(' | ')} |`);
		expect(page).toContain(`${rows.join('\n')}\n\n`);
	});

	it('waits longer after each failed attempt to open, up to 30 s', () => {
		const delays: number[] = [];
		let state: DeviceState = STATES.connected;
		for (let attempt = 0; attempt < 7; attempt++) {
			state = follow(state, { type: 'open-failed', error }, delays);
			state = follow(state, { type: 'retry-due' }, delays);
		}
		expect(delays).toEqual([...RETRY_DELAYS_MS, 30_000, 30_000]);
	});

	it.each([
		['continues the count when a reader fails soon after it opened', FAILURE_COUNT_RESET_MS - 1, 2],
		['restarts the count when a reader has worked for a minute', FAILURE_COUNT_RESET_MS, 1],
	])('%s', (_what, atMonotonic, failures) => {
		const opened = deviceTransition(STATES.opening, INPUTS.opened)?.state ?? STATES.connected;
		const busy = deviceTransition(opened, INPUTS.acquired)?.state ?? STATES.connected;
		expect(deviceTransition(busy, { type: 'faulted', error, atMonotonic })?.state).toMatchObject({ failures });
	});
});

function nameOf(state: DeviceState): string {
	return state.status === 'error' ? state.phase : state.status;
}

/** Returns the state after an input that applies, and records its delay, if any. */
function follow(state: DeviceState, input: DeviceInput, delays: number[]): DeviceState {
	const next = deviceTransition(state, input);
	if (next === undefined) throw new Error(`${input.type} does not apply`);
	for (const effect of next.effects) if (effect.type === 'retry-after') delays.push(effect.delayMs);
	return next.state;
}
