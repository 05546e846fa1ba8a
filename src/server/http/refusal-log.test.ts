import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../time/testing/fake-clock.ts';
import { RefusalLog } from './refusal-log.ts';

const LINE = ['Connection refused', { status: 403 }];

function open() {
	const clock = new FakeClock();
	const logged: [message: string, facts?: unknown][] = [];
	const log = new RefusalLog({ logger: { warn: (...line) => logged.push(line) }, clock });
	const refuse = (times: number) => {
		for (let i = 0; i < times; i++) log.record({ status: 403 });
	};
	return { clock, logged, log, refuse };
}

describe('RefusalLog', () => {
	it('logs ten refusals a minute, then the number of further ones', () => {
		const { clock, logged, refuse } = open();
		refuse(13);
		clock.advance(59_999);
		expect(logged).toEqual(Array.from({ length: 10 }, () => LINE));
		clock.advance(1);
		expect(logged.slice(10)).toEqual([['More connections refused', { count: 3 }]]);
	});

	it('counts again from 0 after the summary, and logs no summary when every refusal was logged', () => {
		const { clock, logged, refuse } = open();
		for (const times of [12, 11, 10]) {
			refuse(times);
			clock.advance(60_000);
		}
		expect(logged.filter(([message]) => message !== LINE[0]).map(([, facts]) => facts)).toEqual([
			{ count: 2 },
			{ count: 1 },
		]);
		expect(clock.pending).toBe(0);
	});

	it('truncates text from the client', () => {
		const { logged, log } = open();
		log.record({ status: 403, origin: 'x'.repeat(15_000) });
		expect(logged).toEqual([['Connection refused', { status: 403, origin: 'x'.repeat(400) }]]);
	});

	it('logs the summary once when it is closed, and nothing afterwards', () => {
		const { clock, logged, log, refuse } = open();
		refuse(11);
		log.close();
		log.close();
		refuse(11);
		expect(logged.slice(10)).toEqual([['More connections refused', { count: 1 }]]);
		expect(clock.pending).toBe(0);
	});
});
