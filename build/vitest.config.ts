import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: fileURLToPath(new URL('..', import.meta.url)),
	test: {
		include: ['src/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'electron/**/*.test.ts'],
		// Generous, because worker threads and image synthesis take seconds on a loaded machine; it only detects hangs.
		testTimeout: 60_000,
	},
});
