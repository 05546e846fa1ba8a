import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Bundles the operator window into dist/window/. URLs are relative, because the desktop app and the service serve the window
 * from different addresses. Nothing is inlined, because the content security policy forbids it.
 */
export default defineConfig({
	root: fileURLToPath(new URL('../renderer', import.meta.url)),
	base: './',
	logLevel: 'warn',
	oxc: { jsx: { importSource: 'preact' } },
	build: {
		target: ['chrome123', 'firefox128', 'safari17.5'],
		outDir: fileURLToPath(new URL('../dist/window', import.meta.url)),
		emptyOutDir: true,
		assetsInlineLimit: 0,
		modulePreload: false,
	},
});
