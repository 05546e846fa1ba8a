import { describe, expect, it } from 'vitest';
import type { Extraction } from '../biometrics/worker-engine.ts';
import { DEFAULT_SCAN_OPTIONS, type ScanOptions } from '../protocol/client-messages.ts';
import { ServiceError } from '../protocol/errors.ts';
import {
	SCAN_START,
	type ScanInput,
	type ScanOutcome,
	type ScanState,
	scanTransition,
	type TouchImage,
} from './scan-machine.ts';

const image = { width: 300, height: 375, dpi: 500, data: new Uint8Array(300 * 375) };
const options: ScanOptions = { ...DEFAULT_SCAN_OPTIONS, format: 'ansi-378:2004' };
const enrolment = { ...options, scansRequired: 3 };
const error = new ServiceError('DEVICE_DISCONNECTED');

function extraction(quality: number, more: Partial<Extraction> = {}): Extraction {
	return { quality, hints: [], minutiae: [], template: Uint8Array.of(quality), hasFingerprint: true, ...more };
}

const ACCEPTED = Uint8Array.of(1);

function enrolled(quality: number, touch: Partial<TouchImage> = {}): ScanOutcome & { type: 'enrolled' } {
	const template = Uint8Array.of(quality);
	const size = { width: 300, height: 375, dpi: 500 };
	return {
		type: 'enrolled',
		enrolled: { template, ...size, quality, minutiae: 30 },
		image: { ...size, quality, ...touch },
	};
}

const STATES: Record<ScanState['phase'], ScanState> = {
	waiting: { phase: 'waiting', accepted: [] },
	extracting: { phase: 'extracting', accepted: [] },
	lifting: { phase: 'lifting', accepted: [ACCEPTED] },
	ended: { phase: 'ended' },
};

const INPUTS: Record<ScanInput['type'], ScanInput> = {
	touched: { type: 'touched', image },
	extracted: { type: 'extracted', extraction: extraction(80), outcome: enrolled(80) },
	lifted: { type: 'lifted' },
	'timed-out': { type: 'timed-out' },
	stopped: { type: 'stopped' },
	failed: { type: 'failed', error },
};

/** Phase after each input of an enrolment with three touches, by current phase; `-` = the input does not apply. */
const TABLE: Record<ScanInput['type'], Record<ScanState['phase'], ScanState['phase'] | '-'>> = {
	touched: { waiting: 'extracting', extracting: '-', lifting: '-', ended: '-' },
	extracted: { waiting: '-', extracting: 'lifting', lifting: '-', ended: '-' },
	lifted: { waiting: '-', extracting: '-', lifting: 'waiting', ended: '-' },
	'timed-out': { waiting: 'ended', extracting: '-', lifting: 'ended', ended: '-' },
	stopped: { waiting: 'ended', extracting: 'ended', lifting: 'ended', ended: '-' },
	failed: { waiting: 'ended', extracting: 'ended', lifting: 'ended', ended: '-' },
};

/** Returns the events after one `extracted` input in a scan with these accepted touches. */
function eventsAfter(
	input: Extraction,
	{ accepted = [] as Uint8Array[], outcome = enrolled(80) as ScanOutcome | undefined, scan = options } = {},
): unknown[] {
	const next = scanTransition(
		{ phase: 'extracting', accepted },
		{ type: 'extracted', extraction: input, outcome },
		scan,
	);
	return (next?.effects ?? []).flatMap((effect) => (effect.type === 'emit' ? [effect.event] : []));
}

describe('scanTransition', () => {
	for (const [input, row] of Object.entries(TABLE)) {
		it.each(Object.entries(row))(`${input}: %s becomes %s`, (phase, expected) => {
			const next = scanTransition(STATES[phase as ScanState['phase']], INPUTS[input as ScanInput['type']], enrolment);
			expect(next?.state.phase ?? '-').toBe(expected);
		});
	}

	it('starts its timer and waits for a touch', () => {
		expect(SCAN_START.effects.map((effect) => effect.type)).toEqual(['start-timer', 'await-touch']);
	});

	it('stops the timer while the image is processed', () => {
		const next = scanTransition(STATES.waiting, INPUTS.touched, options);
		expect(next?.effects.map((effect) => effect.type)).toEqual(['stop-timer', 'extract']);
	});

	it('reports the quality, then the template of a single scan', () => {
		expect(eventsAfter(extraction(80))).toEqual([
			{ type: 'fingerprint:detected', quality: 80 },
			{ ...enrolled(80), type: 'scan:complete', format: 'ansi-378:2004', hints: [] },
		]);
	});

	it('requests the next touch of an enrolment and restarts the timer', () => {
		const next = scanTransition(STATES.extracting, INPUTS.extracted, enrolment);
		expect(next?.effects).toEqual([
			{ type: 'emit', event: { type: 'fingerprint:detected', quality: 80 } },
			{ type: 'emit', event: { type: 'scan:progress', scansCompleted: 1, scansRequired: 3 } },
			{ type: 'start-timer' },
			{ type: 'await-lift' },
		]);
	});

	it('completes an enrolment with the merged template', () => {
		const events = eventsAfter(extraction(70), {
			accepted: [ACCEPTED, ACCEPTED],
			outcome: enrolled(90),
			scan: enrolment,
		});
		expect(events.at(-1)).toMatchObject({ type: 'scan:complete', enrolled: { quality: 90 } });
	});

	it.each([
		['first', [90, 80, 70]],
		['second', [70, 90, 80]],
		['last', [70, 80, 90]],
		['first of equal quality', [90, 90, 90]],
	])('keeps the image of the touch of best quality in an enrolment: the %s', (which, qualities) => {
		let state = SCAN_START.state;
		const results: unknown[] = [];
		for (const [index, quality] of qualities.entries()) {
			const outcome = enrolled(95, { quality, width: 100 + index, png: Uint8Array.of(index) });
			const inputs: ScanInput[] = [
				{ type: 'touched', image },
				{ type: 'extracted', extraction: extraction(quality), outcome },
				{ type: 'lifted' },
			];
			for (const input of inputs) {
				const next = scanTransition(state, input, enrolment);
				state = next?.state ?? state;
				results.push(...(next?.effects ?? []).flatMap((each) => (each.type === 'emit' ? [each.event] : [])));
			}
		}
		const best = { first: 0, second: 1, last: 2 }[which] ?? 0;
		expect(results.at(-1)).toMatchObject({ image: { quality: 90, width: 100 + best, png: Uint8Array.of(best) } });
	});

	it('holds no image once it has ended', () => {
		const next = scanTransition(STATES.extracting, INPUTS.extracted, options);
		expect(next?.state).toEqual({ phase: 'ended' });
	});

	it('completes a verification with the comparison, with or without a match', () => {
		const comparison = { isMatch: false, score: 12, threshold: 40, index: 3 };
		expect(eventsAfter(extraction(80), { outcome: { type: 'compared', comparison } })).toEqual([
			{ type: 'fingerprint:detected', quality: 80 },
			{ type: 'verify:complete', comparison, quality: 80 },
		]);
	});

	it.each([
		['a quality just below the threshold', extraction(49), enrolled(49), ['fingerprint:detected', 2001]],
		['a quality at the threshold', extraction(50), enrolled(50), ['fingerprint:detected', 'scan:complete']],
		['too few minutiae', extraction(60, { template: undefined }), undefined, ['fingerprint:detected', 2003]],
		['no fingerprint', extraction(0, { hasFingerprint: false }), undefined, [2002]],
		['another finger', extraction(80), { type: 'different-fingers' } as const, ['fingerprint:detected', 2005]],
	])('ends a scan with %s', (_what, input, outcome, expected) => {
		const events = eventsAfter(input, { outcome }) as { type: string; error?: ServiceError }[];
		expect(events.map((event) => event.error?.code ?? event.type)).toEqual(expected);
	});

	it('reports why the quality is too low', () => {
		const low = extraction(20, { hints: ['too-dry'] });
		expect(eventsAfter(low).at(-1)).toMatchObject({
			error: { details: { quality: 20, qualityThreshold: 50, hints: ['too-dry'] } },
		});
	});
});
