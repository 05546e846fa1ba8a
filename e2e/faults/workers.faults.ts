import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WorkerEngine } from '../../src/biometrics/worker-engine.ts';
import type { ScanOptions } from '../../src/protocol/client-messages.ts';
import { ScanHarness } from './support/scan-harness.ts';

/* A worker thread that dies, fails or hangs, in each task and when it is warmed up. The scan ends, and later scans work. */

const FAILURES = [
	...['exits', 'throws', 'throws undefined', 'fails in the background', 'never resolves', 'never returns'],
	'returns what cannot be sent',
];

/** The tasks of a worker, and the scan that runs each. */
const TASKS: Readonly<Record<string, { options?: Partial<ScanOptions>; candidates?: readonly Uint8Array[] }>> = {
	warmUp: {},
	extract: {},
	enrol: { options: { scansRequired: 2 } },
	verify: { candidates: [Uint8Array.of(1)] },
	encodePng: { options: { image: true } },
};

/** Duration after which a task that hangs is ended, ms. */
const TASK_TIMEOUT_MS = 1_000;

async function startFailing(task: string, failure: string) {
	const folder = await mkdtemp(join(tmpdir(), 'fingerprint-worker-'));
	const repaired = join(folder, 'repaired');
	const workerUrl = new URL('./support/failing-engine-worker.ts', import.meta.url);
	vi.stubEnv('FAILING_ENGINE_WORKER', JSON.stringify([task, failure, repaired]));
	const engine = new WorkerEngine({ workerUrl, maxThreads: 1, taskTimeoutMs: TASK_TIMEOUT_MS });
	onTestFinished(async () => {
		vi.unstubAllEnvs();
		await engine.close();
		await rm(folder, { recursive: true });
	});
	return { harness: await ScanHarness.start({ engine }), repair: () => writeFile(repaired, '') };
}

describe.each(Object.entries(TASKS))('a worker whose %s', (task, request) => {
	it.each(FAILURES)('%s ends the scan once, and the next scans work', async (failure) => {
		const { harness, repair } = await startFailing(task, failure);
		const ends = await harness.touchUntilEnd(request);
		expect(ends).toHaveLength(1);
		if (task !== 'warmUp') expect(ends).toMatchObject([{ type: 'scan:error', error: { error: 'INTERNAL_ERROR' } }]);
		await repair();
		const isComplete = async () => (await harness.touchUntilEnd(request))[0]?.type.endsWith(':complete');
		// A worker that still hangs in the failed task delays the first scans.
		while (!(await isComplete()));
		await harness.settle(harness.registry.stop());
	});
});
