import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Bundles the operator's window into dist/window/. Its addresses are relative, since the desktop app and the service serve
 * it from different places; nothing is inline, since the content security policy of both forbids that.
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
