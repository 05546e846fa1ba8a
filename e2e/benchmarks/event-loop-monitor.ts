import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/*
 * Loaded into a service by `--import`. On SIGUSR2 it prints the longest delay of the main thread's event loop since the last
 * signal and resets it.
 */
const RESOLUTION_MS = 1;

if (isMainThread) {
	const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	histogram.enable();
	process.on('SIGUSR2', () => {
		process.stdout.write(`longest event loop delay ${(histogram.max / 1e6 - RESOLUTION_MS).toFixed(1)} ms\n`);
		histogram.reset();
	});
}
