import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Every file of a run gets the same seed, which each test prints. */
const { FUZZ_SEED = String(randomInt(2 ** 31)), FUZZ_CASES = '20000' } = process.env;

export default defineConfig({
	root: fileURLToPath(new URL('../..', import.meta.url)),
	test: {
		include: ['e2e/fuzz/*.fuzz.ts'],
		env: { FUZZ_SEED, FUZZ_CASES },
		maxWorkers: 2,
		// A long run takes hours. `runFuzz` detects a case that hangs.
		testTimeout: 0,
		hookTimeout: 0,
	},
});
