import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../time/testing/fake-clock.ts';
import { FlowLimit } from './flow-limit.ts';

const MIB = 1024 * 1024;

function createLimit(messagesPerSecond = 3) {
	const clock = new FakeClock();
	return { clock, limit: new FlowLimit({ messagesPerSecond, clock }) };
}

/** Sends until a message has to wait. @returns the number of messages that need not */
function fill(limit: FlowLimit, bytes = 1): number {
	let taken = 0;
	while (limit.take(bytes)) taken++;
	return taken;
}

describe('FlowLimit', () => {
	it('allows a number of messages in a second, and as many in the next', () => {
		const { clock, limit } = createLimit();
		for (let second = 0; second < 3; second++) {
			expect(fill(limit)).toBe(3);
			clock.advance(1_000);
		}
	});

	it('states how long the rest of the second is', () => {
		const { clock, limit } = createLimit();
		limit.take(1);
		clock.advance(300);
		expect(fill(limit)).toBe(2);
		expect(limit.waitMs).toBe(700);
		clock.advance(699);
		expect(limit.take(1)).toBe(false);
		expect(limit.waitMs).toBe(1);
		clock.advance(1);
		expect(limit.take(1)).toBe(true);
	});

	it('allows 8 MiB in a second', () => {
		const { clock, limit } = createLimit(1_000);
		expect(limit.take(8 * MIB - 5)).toBe(true);
		expect(limit.take(6)).toBe(false);
		expect(limit.take(5)).toBe(true);
		clock.advance(1_000);
		expect(fill(limit, MIB)).toBe(8);
	});

	it('reports a flood in the tenth second over the limit within a minute', () => {
		const { clock, limit } = createLimit();
		for (let second = 1; second <= 10; second++) {
			fill(limit);
			// A second counts once, however often the client is over the limit in it.
			fill(limit);
			expect(limit.isFlooding).toBe(second === 10);
			clock.advance(1_000);
		}
	});

	it('reports no flood when the seconds over the limit are further apart', () => {
		const { clock, limit } = createLimit();
		for (let i = 0; i < 100; i++) {
			fill(limit);
			expect(limit.isFlooding).toBe(false);
			clock.advance(6_700);
		}
	});

	it('reports no flood from a client that sends exactly as much as it may', () => {
		const { clock, limit } = createLimit();
		for (let second = 0; second < 60; second++) {
			for (let i = 0; i < 3; i++) expect(limit.take(1)).toBe(true);
			clock.advance(1_000);
		}
		expect(limit.isFlooding).toBe(false);
	});

	it('does not depend on the wall clock', () => {
		const { clock, limit } = createLimit();
		fill(limit);
		clock.stepWallClock(-7 * 3_600_000);
		expect(limit.take(1)).toBe(false);
		clock.advance(1_000);
		expect(limit.take(1)).toBe(true);
	});
});
