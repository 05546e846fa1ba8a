import * as z from 'zod';
import type { AsarFile } from './asar.ts';
import type { Fuses } from './fuses.ts';

/** Something that must hold for a package. */
export interface Fact {
	readonly what: string;
	/** Why it does not hold; empty if it does. */
	readonly faults: readonly string[];
}

/** The desktop app, packed for Linux. */
export interface PackedApp {
	/** Files of `resources/app.asar`. */
	readonly files: readonly AsarFile[];
	/** Every file of the app's folder, with slashes. */
	readonly installed: readonly string[];
	/** All that the app adds to Electron. */
	readonly sizeBytes: number;
	readonly fuses: Fuses;
	/** `process.arch` of the machines it is for. */
	readonly arch: string;
}

const packageJson = z.object({
	main: z.string().optional(),
	dependencies: z.record(z.string(), z.string()).default({}),
	optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/** Which of these files and folders are not there, as faults. */
export function missing(wanted: readonly string[], paths: readonly string[]): string[] {
	const there = new Set(paths);
	const isThere = (path: string) => there.has(path) || paths.some((other) => other.startsWith(`${path}/`));
	return [...new Set(wanted)].filter((path) => !isThere(path)).map((path) => `${path} is missing`);
}

/** The fields of a packed package.json that matter here; none where there is no such file. @throws ZodError for other types */
export function readPackage(app: PackedApp, path: string): z.infer<typeof packageJson> {
	return packageJson.parse(JSON.parse(textOf(app, path) || '{}'));
}

/** The text of a packed file; empty if it is not there. */
export function textOf({ files }: PackedApp, path: string): string {
	return files.find((file) => file.path === path)?.content?.toString('utf8') ?? '';
}
