import { describe, expect, it, vi } from 'vitest';
import { type LogRecord, LogRing, type LogRingOptions } from './log-ring.ts';

const record = (number: number): LogRecord => ({
	timestamp: '2026-01-01T00:00:00.000Z',
	level: 'info',
	name: 'Test',
	message: `entry ${number}`,
});

function ringWith(count: number, options?: LogRingOptions): LogRing {
	const ring = new LogRing(options);
	for (let i = 1; i <= count; i++) ring.add(record(i));
	return ring;
}

describe('the log ring', () => {
	it.each([
		[0, [], 0],
		[2, [1, 2], 0],
		[3, [1, 2, 3], 0],
		[4, [2, 3, 4], 1],
		[8, [6, 7, 8], 5],
		[9, [7, 8, 9], 6],
	])('of capacity 3 keeps, of %i entries, %j in order and has dropped %i', (count, kept, dropped) => {
		const ring = ringWith(count, { capacity: 3 });
		expect(ring.entries().map(({ sequence }) => sequence)).toEqual(kept);
		expect(ring.dropped).toBe(dropped);
	});

	it('keeps 5 000 entries by default', () => {
		const ring = ringWith(5_002);
		expect(ring.entries()).toHaveLength(5_000);
		expect(ring.dropped).toBe(2);
	});

	it('returns the entries of earlier runs before its own, with sequence numbers up to 0', () => {
		const history = () => [record(-8), record(-9)];
		expect(ringWith(1, { history }).entries()).toEqual([
			{ ...record(-8), sequence: -1 },
			{ ...record(-9), sequence: 0 },
			{ ...record(1), sequence: 1 },
		]);
	});

	it('leaves out the entries of earlier runs once its own first ones are gone', () => {
		const ring = ringWith(4, { capacity: 3, history: () => [record(-8)] });
		expect(ring.entries().map(({ sequence }) => sequence)).toEqual([2, 3, 4]);
	});

	it('returns a copy of its entries', () => {
		const ring = ringWith(1);
		const before = ring.entries();
		ring.add(record(2));
		expect(before).toHaveLength(1);
	});

	it('sends each entry to a subscriber until it unsubscribes', () => {
		const ring = ringWith(1);
		const [staying, leaving] = [vi.fn(), vi.fn()];
		ring.subscribe(staying);
		const leave = ring.subscribe(leaving);
		ring.add(record(2));
		leave();
		leave();
		ring.add(record(3));
		expect(staying.mock.calls).toEqual([[{ ...record(2), sequence: 2 }], [{ ...record(3), sequence: 3 }]]);
		expect(leaving.mock.calls).toEqual([[{ ...record(2), sequence: 2 }]]);
	});
});
