import { fileURLToPath } from 'node:url';
import { build, createBuilder } from 'vite';

/** Build what the specs run, so that they never judge an older state of the sources. */
export default async function buildService(): Promise<void> {
	await build({ configFile: configOf('service') });
	const shell = await createBuilder({ configFile: configOf('shell') });
	await shell.buildApp();
	await build({ configFile: configOf('window') });
}

function configOf(part: string): string {
	return fileURLToPath(new URL(`../../build/${part}.vite.config.ts`, import.meta.url));
}
