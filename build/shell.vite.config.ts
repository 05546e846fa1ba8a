import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const outDir = fileURLToPath(new URL('../dist', import.meta.url));

/**
 * Bundles the desktop shell into dist/, beside the service, whose worker files it shares: `vite build --app`. The main
 * process is an ES module for the Node inside of Electron; the preload script is one CommonJS file, since a sandboxed one
 * can load nothing else.
 */
export default defineConfig({
	root: fileURLToPath(new URL('..', import.meta.url)),
	logLevel: 'warn',
	builder: {
		// Vite would build a web page, too.
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
					output: { entryFileNames: '[name].js', chunkFileNames: 'shell-[name].js' },
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
