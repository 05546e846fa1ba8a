import { fileURLToPath } from 'node:url';
import { build, createBuilder } from 'vite';

/** Builds service, desktop app and window, so that the specs test the current sources. */
export default async function buildService(): Promise<void> {
	await build({ configFile: configOf('service') });
	const desktop = await createBuilder({ configFile: configOf('desktop') });
	await desktop.buildApp();
	await build({ configFile: configOf('window') });
}

function configOf(part: string): string {
	return fileURLToPath(new URL(`../../build/${part}.vite.config.ts`, import.meta.url));
}
