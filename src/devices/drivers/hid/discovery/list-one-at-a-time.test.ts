import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import { listOneAtATime } from './list-one-at-a-time.ts';

describe('listOneAtATime', () => {
	it('lets whoever asks meanwhile have the answer of the call under way', async () => {
		const clock = new FakeClock();
		let calls = 0;
		let answer = (_devices: []) => {};
		const list = listOneAtATime(() => {
			calls++;
			return new Promise((resolve) => (answer = resolve));
		}, clock);
		const both = Promise.all([list(), list()]);
		expect(calls).toBe(1);
		answer([]);
		expect(await both).toEqual([[], []]);
		void list();
		expect(calls).toBe(2);
	});

	it('makes no second call while the first one hangs, and says so to everybody', async () => {
		const clock = new FakeClock();
		let calls = 0;
		const list = listOneAtATime(() => {
			calls++;
			return new Promise(() => {});
		}, clock);
		for (let i = 0; i < 3; i++) {
			const refused = expect(list()).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
			clock.advance(10_000);
			await refused;
		}
		expect(calls).toBe(1);
		expect(clock.pending).toBe(0);
	});

	it('passes a failure on, and calls again', async () => {
		const list = listOneAtATime(() => Promise.reject(new Error('no library')), new FakeClock());
		await expect(list()).rejects.toThrow('no library');
		await expect(list()).rejects.toThrow('no library');
	});
});
