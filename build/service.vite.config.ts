import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Bundles the headless service into dist/, one file per entry, so that it starts quickly instead of resolving hundreds of
 * modules. Libraries with native code or separate worker files stay in node_modules.
 */
const outDir = fileURLToPath(new URL('../dist', import.meta.url));

export default defineConfig({
	root: fileURLToPath(new URL('..', import.meta.url)),
	logLevel: 'warn',
	plugins: [
		{
			name: 'make-the-command-executable',
			writeBundle: () => chmodSync(`${outDir}/cli.js`, 0o755),
		},
	],
	ssr: {
		noExternal: true,
		external: ['node-hid', 'koffi', 'piscina', 'electron-log', 'write-file-atomic'],
	},
	build: {
		ssr: true,
		target: 'node22.13',
		outDir,
		emptyOutDir: true,
		minify: false,
		rolldownOptions: {
			input: {
				cli: 'src/cli.ts',
				'engine-worker': 'src/biometrics/engine-worker.ts',
				'synthesis-worker': 'src/devices/drivers/virtual/synthesis/synthesis-worker.ts',
				'zkfinger-worker': 'src/devices/drivers/zkfinger/process/zkfinger-worker.ts',
			},
			output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
		},
	},
});
