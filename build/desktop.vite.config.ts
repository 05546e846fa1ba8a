import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const outDir = fileURLToPath(new URL('../dist', import.meta.url));

/**
 * Bundles the desktop app into dist/ (`vite build --app`), next to the service, because both use the same worker files. The
 * main process is an ES module for Electron's Node. The preload script is a single CommonJS file, because a sandboxed
 * preload script cannot load other modules.
 */
export default defineConfig({
	root: fileURLToPath(new URL('..', import.meta.url)),
	logLevel: 'warn',
	builder: {
		// Without this, Vite would also build a web page.
		buildApp: async (builder) => {
			for (const name of ['main', 'preload']) {
				const environment = builder.environments[name];
				if (environment !== undefined) await builder.build(environment);
			}
		},
	},
	environments: {
		main: {
			consumer: 'server',
			resolve: {
				noExternal: true,
				external: ['electron', 'node-hid', 'koffi', 'piscina', 'electron-log', 'write-file-atomic'],
			},
			build: {
				ssr: true,
				target: 'node24',
				outDir,
				emptyOutDir: false,
				minify: false,
				rolldownOptions: {
					input: { main: 'electron/main.ts' },
					output: { entryFileNames: '[name].js', chunkFileNames: 'desktop-[name].js' },
				},
			},
		},
		preload: {
			consumer: 'server',
			resolve: { noExternal: true, external: ['electron'] },
			build: {
				ssr: true,
				target: 'chrome140',
				outDir,
				emptyOutDir: false,
				minify: false,
				rolldownOptions: {
					input: { preload: 'electron/preload.ts' },
					output: { format: 'cjs', entryFileNames: '[name].cjs' },
				},
			},
		},
	},
});
