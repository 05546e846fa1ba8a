import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: fileURLToPath(new URL('..', import.meta.url)),
	test: {
		include: ['src/**/*.test.ts', 'renderer/**/*.test.ts', 'electron/**/*.test.ts'],
		// Worker threads and drawn fingers take seconds on a loaded machine; a hang is what this bounds, not speed.
		testTimeout: 60_000,
	},
});
