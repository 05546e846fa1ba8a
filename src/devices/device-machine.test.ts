import { describe, expect, it } from 'vitest';
import { ServiceError } from '../protocol/errors.ts';
import { type DeviceInput, type DeviceState, deviceTransition, REOPEN_DELAYS_MS } from './device-machine.ts';

const error = new ServiceError('DEVICE_INIT_FAILED');
const STATES: Record<DeviceState['status'], DeviceState> = {
	connected: { status: 'connected' },
	idle: { status: 'idle' },
	busy: { status: 'busy' },
	error: { status: 'error', error, failures: 1 },
};
const INPUTS: Record<DeviceInput['type'], DeviceInput> = {
	opened: { type: 'opened' },
	'open-failed': { type: 'open-failed', error },
	acquired: { type: 'acquired' },
	released: { type: 'released' },
	faulted: { type: 'faulted', error },
	'retry-due': { type: 'retry-due' },
};

/** Status after each input, by state; `-` where the input does not apply. */
const TABLE: Record<DeviceInput['type'], Record<DeviceState['status'], DeviceState['status'] | '-'>> = {
	opened: { connected: 'idle', idle: '-', busy: '-', error: 'idle' },
	'open-failed': { connected: 'error', idle: '-', busy: '-', error: 'error' },
	acquired: { connected: '-', idle: 'busy', busy: '-', error: '-' },
	released: { connected: '-', idle: '-', busy: 'idle', error: '-' },
	faulted: { connected: 'error', idle: 'error', busy: 'error', error: 'error' },
	'retry-due': { connected: '-', idle: '-', busy: '-', error: 'error' },
};

describe('deviceTransition', () => {
	for (const [input, row] of Object.entries(TABLE)) {
		it.each(Object.entries(row))(`${input}: %s becomes %s`, (status, expected) => {
			const next = deviceTransition(STATES[status as keyof typeof STATES], INPUTS[input as keyof typeof INPUTS]);
			expect(next?.state.status ?? '-').toBe(expected);
		});
	}

	it('waits longer after each failure to open, and half a minute in the end', () => {
		const pauses: number[] = [];
		let state: DeviceState = { status: 'connected' };
		for (let attempt = 0; attempt < 7; attempt++) {
			const next = deviceTransition(state, { type: 'open-failed', error });
			const effect = next?.effects[0];
			if (next === undefined || effect?.type !== 'retry-after') throw new Error('no retry planned');
			pauses.push(effect.delayMs);
			state = next.state;
		}
		expect(pauses).toEqual([...REOPEN_DELAYS_MS, 30_000, 30_000]);
	});

	it('opens again once the pause is over, and starts counting anew when that worked', () => {
		expect(deviceTransition(STATES.error, { type: 'retry-due' })?.effects).toEqual([{ type: 'open' }]);
		expect(deviceTransition({ status: 'idle' }, { type: 'faulted', error })?.state).toMatchObject({ failures: 1 });
	});
});
