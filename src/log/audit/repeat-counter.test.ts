import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../time/testing/fake-clock.ts';
import type { AuditEvent } from './audit-event.ts';
import { type RepeatableEvent, RepeatCounter } from './repeat-counter.ts';

let clock: FakeClock;
let written: AuditEvent[];
let counter: RepeatCounter;

beforeEach(() => {
	clock = new FakeClock();
	written = [];
	counter = new RepeatCounter(clock, (event) => written.push(event));
});

const failure = (origin: string): RepeatableEvent => ({ event: 'auth:failure', error: 'INVALID_API_KEY', origin });
const scan = (scanId: string, keyName = 'Desk'): RepeatableEvent => ({
	event: 'scan',
	kind: 'scan',
	outcome: 'complete',
	deviceId: 'device-001',
	scanId,
	keyName,
});
const START = '2026-01-01T00:00:00.000Z';

function repeat(times: number, event: (i: number) => RepeatableEvent): void {
	for (let i = 0; i < times; i++) counter.record(event(i));
}

describe('failed authentications', () => {
	it('become one entry per origin and minute', () => {
		repeat(5_000, () => failure('http://localhost:1'));
		repeat(3, () => failure('http://localhost:2'));
		expect(written).toEqual([]);
		clock.advance(60_000);
		expect(written).toEqual([
			{ ...failure('http://localhost:1'), count: 5_000, since: START },
			{ ...failure('http://localhost:2'), count: 3, since: START },
		]);
		counter.record(failure('http://localhost:1'));
		clock.advance(60_000);
		expect(written.slice(2)).toEqual([
			{ ...failure('http://localhost:1'), count: 1, since: '2026-01-01T00:01:00.000Z' },
		]);
	});

	it('of ever new origins become a few entries a minute', () => {
		repeat(60_000, (i) => failure(`http://localhost:${i}`));
		clock.advance(60_000);
		expect(written).toHaveLength(9);
		expect(written.at(-1)).toMatchObject({ origin: 'others', count: 60_000 - 8 });
	});
});

describe('scans', () => {
	it('are recorded one by one at the rate of a real reader', () => {
		repeat(10, (i) => scan(`scan-${i}`));
		expect(written).toEqual(Array.from({ length: 10 }, (_, i) => scan(`scan-${i}`)));
		clock.advance(60_000);
		expect(written).toHaveLength(10);
	});

	it('above that are counted until the end of the minute, without an id', () => {
		repeat(10, (i) => scan(`scan-${i}`));
		clock.advance(1_000);
		repeat(400, (i) => scan(`scan-${i}`));
		repeat(1, () => scan('scan-x', 'Other desk'));
		expect(written).toHaveLength(11);
		counter.flush();
		expect(written.slice(11)).toEqual([
			{ ...scan(''), scanId: undefined, count: 400, since: '2026-01-01T00:00:01.000Z' },
		]);
		expect(clock.pending).toBe(0);
	});

	it('of ever new kinds are counted together', () => {
		repeat(1_000, (i) => scan(`scan-${i}`, `Key ${i}`));
		counter.flush();
		expect(written).toHaveLength(41);
		expect(written.at(-1)).toMatchObject({ keyName: 'others', count: 960 });
	});
});

it('leaves no timer while nothing happens', () => {
	const after = vi.spyOn(clock, 'after');
	counter.record(scan('scan-1'));
	clock.advance(600_000);
	expect(after).toHaveBeenCalledOnce();
	expect(clock.pending).toBe(0);
});
