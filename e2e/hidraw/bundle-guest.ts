import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Libraries that are not bundled, because they contain native code or separate worker files. */
export const UNBUNDLED = ['node-hid', 'piscina', 'write-file-atomic'] as const;

/** Bundles the program of the virtual machine, including the service's modules that it uses, into a folder. */
export async function bundleGuest(outDir: string): Promise<void> {
	const project = fileURLToPath(new URL('../..', import.meta.url));
	await build({
		configFile: false,
		root: project,
		logLevel: 'warn',
		ssr: { noExternal: true, external: [...UNBUNDLED] },
		build: {
			ssr: true,
			target: 'node24',
			outDir,
			emptyOutDir: true,
			minify: false,
			rolldownOptions: {
				input: {
					main: 'e2e/hidraw/guest/main.ts',
					'simulator-process': 'e2e/hidraw/guest/simulator-process.ts',
					'engine-worker': 'src/biometrics/engine-worker.ts',
				},
				output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
			},
		},
	});
}
