import { describe, expect, it } from 'vitest';
import type { Extraction } from '../biometrics/extract-template.ts';
import { ServiceError } from '../protocol/errors.ts';
import { type AcceptedTouch, SCAN_START, type ScanInput, type ScanState, scanTransition } from './scan-machine.ts';

const image = { width: 300, height: 375, dpi: 500, data: new Uint8Array(300 * 375) };
const options = { timeout: 30_000, qualityThreshold: 50, scansRequired: 1 };
const enrolment = { ...options, scansRequired: 3 };
const error = new ServiceError('DEVICE_DISCONNECTED');

function extraction(quality: number, more: Partial<Extraction> = {}): Extraction {
	return { quality, hints: [], minutiae: [], template: Uint8Array.of(quality), hasFingerprint: true, ...more };
}

function touch(quality: number): AcceptedTouch {
	return { image, extraction: extraction(quality), template: Uint8Array.of(quality) };
}

const STATES: Record<ScanState['phase'], ScanState> = {
	waiting: { phase: 'waiting', accepted: [] },
	extracting: { phase: 'extracting', accepted: [], image },
	lifting: { phase: 'lifting', accepted: [touch(80)] },
	ended: { phase: 'ended' },
};

const INPUTS: Record<ScanInput['type'], ScanInput> = {
	touched: { type: 'touched', image },
	extracted: { type: 'extracted', extraction: extraction(80), isSameFinger: true },
	lifted: { type: 'lifted' },
	'timed-out': { type: 'timed-out' },
	stopped: { type: 'stopped' },
	failed: { type: 'failed', error },
};

/** Phase after each input of an enrolment of three, by phase; `-` where the input does not apply. */
const TABLE: Record<ScanInput['type'], Record<ScanState['phase'], ScanState['phase'] | '-'>> = {
	touched: { waiting: 'extracting', extracting: '-', lifting: '-', ended: '-' },
	extracted: { waiting: '-', extracting: 'lifting', lifting: '-', ended: '-' },
	lifted: { waiting: '-', extracting: '-', lifting: 'waiting', ended: '-' },
	'timed-out': { waiting: 'ended', extracting: '-', lifting: 'ended', ended: '-' },
	stopped: { waiting: 'ended', extracting: 'ended', lifting: 'ended', ended: '-' },
	failed: { waiting: 'ended', extracting: 'ended', lifting: 'ended', ended: '-' },
};

/** The events of one `extracted` input in a scan with these accepted touches. */
function eventsAfter(
	input: Extraction,
	{ accepted = [] as AcceptedTouch[], isSameFinger = true, scan = options } = {},
): unknown[] {
	const state: ScanState = { phase: 'extracting', accepted, image };
	const next = scanTransition(state, { type: 'extracted', extraction: input, isSameFinger }, scan);
	return (next?.effects ?? []).flatMap((effect) => (effect.type === 'emit' ? [effect.event] : []));
}

describe('scanTransition', () => {
	for (const [input, row] of Object.entries(TABLE)) {
		it.each(Object.entries(row))(`${input}: %s becomes %s`, (phase, expected) => {
			const next = scanTransition(STATES[phase as ScanState['phase']], INPUTS[input as ScanInput['type']], enrolment);
			expect(next?.state.phase ?? '-').toBe(expected);
		});
	}

	it('begins by starting its timer and waiting for a touch', () => {
		expect(SCAN_START.effects.map((effect) => effect.type)).toEqual(['start-timer', 'await-touch']);
	});

	it('stops the timer while the picture is worked on', () => {
		const next = scanTransition(STATES.waiting, INPUTS.touched, options);
		expect(next?.effects.map((effect) => effect.type)).toEqual(['stop-timer', 'extract']);
	});

	it('tells the quality, then the template of a single scan', () => {
		expect(eventsAfter(extraction(80))).toEqual([
			{ type: 'fingerprint:detected', quality: 80 },
			{ type: 'scan:complete', touch: touch(80) },
		]);
	});

	it('asks for the next touch of an enrolment and counts the time anew', () => {
		const next = scanTransition(STATES.extracting, INPUTS.extracted, enrolment);
		expect(next?.effects).toEqual([
			{ type: 'emit', event: { type: 'fingerprint:detected', quality: 80 } },
			{ type: 'emit', event: { type: 'scan:progress', scansCompleted: 1, scansRequired: 3 } },
			{ type: 'start-timer' },
			{ type: 'await-lift' },
		]);
	});

	it('completes an enrolment with the touch of the highest quality', () => {
		const accepted = [touch(70), touch(90)];
		expect(eventsAfter(extraction(80), { accepted, scan: enrolment }).at(-1)).toEqual({
			type: 'scan:complete',
			touch: touch(90),
		});
	});

	it.each([
		['a quality just below the threshold', extraction(49), true, ['fingerprint:detected', 2001]],
		['a quality at the threshold', extraction(50), true, ['fingerprint:detected', 'scan:complete']],
		['too few minutiae', extraction(60, { template: undefined }), true, ['fingerprint:detected', 2003]],
		['no fingerprint', extraction(0, { hasFingerprint: false }), true, [2002]],
		['another finger', extraction(80), false, ['fingerprint:detected', 2005]],
	])('answers %s', (_what, input, isSameFinger, expected) => {
		const events = eventsAfter(input, { isSameFinger }) as { type: string; error?: ServiceError }[];
		expect(events.map((event) => event.error?.code ?? event.type)).toEqual(expected);
	});

	it('says why the quality was too low', () => {
		const low = extraction(20, { hints: ['too-dry'] });
		expect(eventsAfter(low).at(-1)).toMatchObject({
			error: { details: { quality: 20, qualityThreshold: 50, hints: ['too-dry'] } },
		});
	});
});
