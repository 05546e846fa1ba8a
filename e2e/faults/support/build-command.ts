import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the service and its command line, so that the tests which start programs test the current sources. */
export default async function buildCommand(): Promise<void> {
	await build({
		configFile: fileURLToPath(new URL('../../../build/service.vite.config.ts', import.meta.url)),
		logLevel: 'warn',
	});
}
