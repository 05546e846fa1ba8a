import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../time/testing/fake-clock.ts';
import { RefusalLog } from './refusal-log.ts';

const LINE = ['Connection refused', { status: 403 }];

function open() {
	const clock = new FakeClock();
	const told: [message: string, facts?: unknown][] = [];
	const log = new RefusalLog({ logger: { warn: (...line) => told.push(line) }, clock });
	const refuse = (times: number) => {
		for (let i = 0; i < times; i++) log.record({ status: 403 });
	};
	return { clock, told, log, refuse };
}

describe('the log of refusals', () => {
	it('has ten lines a minute, and one that tells how many more there were', () => {
		const { clock, told, refuse } = open();
		refuse(13);
		clock.advance(59_999);
		expect(told).toEqual(Array.from({ length: 10 }, () => LINE));
		clock.advance(1);
		expect(told.slice(10)).toEqual([['More connections were refused', { count: 3 }]]);
	});

	it('counts anew after that line, and has no such line when nothing was left out', () => {
		const { clock, told, refuse } = open();
		for (const times of [12, 11, 10]) {
			refuse(times);
			clock.advance(60_000);
		}
		expect(told.filter(([message]) => message !== LINE[0]).map(([, facts]) => facts)).toEqual([
			{ count: 2 },
			{ count: 1 },
		]);
		expect(clock.pending).toBe(0);
	});

	it('cuts what a client has made up', () => {
		const { told, log } = open();
		log.record({ status: 403, origin: 'x'.repeat(15_000) });
		expect(told).toEqual([['Connection refused', { status: 403, origin: 'x'.repeat(400) }]]);
	});

	it('tells the rest when it is closed, once, and nothing of what comes after', () => {
		const { clock, told, log, refuse } = open();
		refuse(11);
		log.close();
		log.close();
		refuse(11);
		expect(told.slice(10)).toEqual([['More connections were refused', { count: 1 }]]);
		expect(clock.pending).toBe(0);
	});
});
