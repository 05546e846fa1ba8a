import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import { shareListing } from './share-listing.ts';

describe('shareListing', () => {
	it('shares the result of the running call between concurrent callers', async () => {
		const clock = new FakeClock();
		let calls = 0;
		let answer = (_devices: []) => {};
		const list = shareListing(() => {
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

	it('starts no second call while the first one hangs, and rejects every caller after 10 s', async () => {
		const clock = new FakeClock();
		let calls = 0;
		const list = shareListing(() => {
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

	it('rejects with the error of the list, and calls it again next time', async () => {
		const list = shareListing(() => Promise.reject(new Error('no library')), new FakeClock());
		await expect(list()).rejects.toThrow('no library');
		await expect(list()).rejects.toThrow('no library');
	});
});
