import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Libraries with native parts or worker files of their own, which stay as they are. */
export const UNBUNDLED = ['node-hid', 'piscina', 'write-file-atomic'] as const;

/** Bundle what runs in the virtual machine, the service's parts included, into a folder. */
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
					'emulator-process': 'e2e/hidraw/guest/emulator-process.ts',
					'extract-worker': 'src/biometrics/engine-worker.ts',
				},
				output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
			},
		},
	});
}
