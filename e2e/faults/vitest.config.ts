import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: fileURLToPath(new URL('../..', import.meta.url)),
	test: {
		include: ['e2e/faults/*.faults.ts'],
		globalSetup: 'e2e/faults/support/build-command.ts',
		maxWorkers: 2,
		// Generous, because worker threads and processes take seconds on a loaded machine; they only detect hangs.
		testTimeout: 60_000,
		hookTimeout: 60_000,
	},
});
