import { afterEach, describe, expect, it, vi } from 'vitest';
import { WorkerPool } from './worker-pool.ts';

const WORKER = new URL('./testing/failing-worker.ts', import.meta.url);

describe('WorkerPool', () => {
	const opened: WorkerPool[] = [];
	const open = () => {
		const pool = new WorkerPool(WORKER, { maxThreads: 1 });
		opened.push(pool);
		return pool;
	};
	afterEach(() => Promise.all(opened.splice(0).map((pool) => pool.close())));

	it('transfers buffers to the worker and copies all others', async () => {
		const pool = open();
		const [kept, transferred] = [Uint8Array.of(0), Uint8Array.of(0)];
		await pool.run('extract', { data: kept });
		await pool.run('extract', { data: transferred }, [transferred.buffer]);
		expect([kept.buffer.detached, transferred.buffer.detached]).toEqual([false, true]);
	});

	it('keeps no times of its tasks and limits the memory for short-lived objects of its workers', async () => {
		const { Piscina } = await import('piscina');
		const run = vi.spyOn(Piscina.prototype, 'run');
		await open().run('extract', { data: Uint8Array.of(0) });
		const pool = run.mock.contexts[0] as InstanceType<typeof Piscina>;
		expect(pool.options).toMatchObject({ recordTiming: false, workerHistogram: false });
		expect(pool.threads[0]?.resourceLimits).toMatchObject({ maxYoungGenerationSizeMb: 2 });
		run.mockRestore();
	});
});
