import { describe, expect, it } from 'vitest';
import { SAMPLE_PROBLEM, SAMPLE_SCAN } from './testing/sample-scan.ts';
import { type TrialInput, type TrialState, trialTransition } from './trial-machine.ts';

const scan = SAMPLE_SCAN;
const problem = SAMPLE_PROBLEM;

const STATES: Record<TrialState['phase'], TrialState> = {
	ready: { phase: 'ready' },
	waiting: { phase: 'waiting', deviceId: 'device-001', attempt: 2 },
	shown: { phase: 'shown', scan },
	failed: { phase: 'failed', problem },
};

const INPUTS = {
	started: { type: 'started', deviceId: 'device-001', attempt: 3 },
	scanned: { type: 'scanned', attempt: 2, scan },
	refused: { type: 'refused', attempt: 2, problem },
	stopped: { type: 'refused', attempt: 2, problem: { ...problem, details: { reason: 'stopped' } } },
	'scanned late': { type: 'scanned', attempt: 1, scan },
	'refused late': { type: 'refused', attempt: 1, problem },
	'reader gone': { type: 'readers-changed', deviceIds: ['device-002'] },
	'reader still there': { type: 'readers-changed', deviceIds: ['device-001'] },
} satisfies Record<string, TrialInput>;

/** Phase after each input, by phase; `-` where the input does not apply. */
const TABLE: Record<keyof typeof INPUTS, Record<TrialState['phase'], TrialState['phase'] | '-'>> = {
	started: { ready: 'waiting', waiting: '-', shown: 'waiting', failed: 'waiting' },
	scanned: { ready: '-', waiting: 'shown', shown: '-', failed: '-' },
	refused: { ready: '-', waiting: 'failed', shown: '-', failed: '-' },
	stopped: { ready: '-', waiting: 'ready', shown: '-', failed: '-' },
	'scanned late': { ready: '-', waiting: '-', shown: '-', failed: '-' },
	'refused late': { ready: '-', waiting: '-', shown: '-', failed: '-' },
	'reader gone': { ready: '-', waiting: 'failed', shown: '-', failed: '-' },
	'reader still there': { ready: '-', waiting: '-', shown: '-', failed: '-' },
};

const PHASES = Object.keys(STATES) as TrialState['phase'][];
const CASES = (Object.keys(TABLE) as (keyof typeof TABLE)[]).flatMap((input) =>
	PHASES.map((phase) => ({ input, phase, next: TABLE[input][phase] })),
);

describe('a trial scan', () => {
	it.each(CASES)('$phase + $input -> $next', ({ input, phase, next }) => {
		expect(trialTransition(STATES[phase], INPUTS[input])?.phase ?? '-').toBe(next);
	});

	it('discards the image when the next scan starts', () => {
		expect(trialTransition(STATES.shown, INPUTS.started)).toEqual({
			phase: 'waiting',
			deviceId: 'device-001',
			attempt: 3,
		});
	});

	it('keeps the reason of a failure', () => {
		expect(trialTransition(STATES.waiting, INPUTS.refused)).toEqual({ phase: 'failed', problem });
		expect(trialTransition(STATES.waiting, INPUTS['reader gone'])).toMatchObject({
			problem: { error: 'DEVICE_DISCONNECTED' },
		});
	});
});
