import { describe, expect, it } from 'vitest';
import { SerialQueue } from './serial-queue.ts';

describe('SerialQueue', () => {
	it('runs work one piece at a time, in order', async () => {
		const queue = new SerialQueue();
		const log: string[] = [];
		const slow = Promise.withResolvers<void>();
		const first = queue.run(async () => {
			log.push('first starts');
			await slow.promise;
			log.push('first ends');
		});
		const second = queue.run(() => log.push('second'));
		slow.resolve();
		await Promise.all([first, second]);
		expect(log).toEqual(['first starts', 'first ends', 'second']);
	});

	it('returns what the work returns', async () => {
		expect(await new SerialQueue().run(() => 42)).toBe(42);
	});

	it('rejects only for the failed work and runs the work after it', async () => {
		const queue = new SerialQueue();
		const failed = queue.run(() => {
			throw new Error('disk full');
		});
		const next = queue.run(() => 'written');
		await expect(failed).rejects.toThrow('disk full');
		expect(await next).toBe('written');
	});

	it('is idle once everything has run', async () => {
		const queue = new SerialQueue();
		const log: number[] = [];
		for (const piece of [1, 2, 3]) void queue.run(async () => log.push(piece));
		await queue.idle();
		expect(log).toEqual([1, 2, 3]);
		await queue.idle();
	});
});
