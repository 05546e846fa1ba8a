import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Build what the specs run, so that they never judge an older state of the sources. */
export default async function buildService(): Promise<void> {
	await build({ configFile: fileURLToPath(new URL('../../build/service.vite.config.ts', import.meta.url)) });
}
