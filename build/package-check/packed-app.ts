import * as z from 'zod';
import type { AsarFile } from './asar.ts';
import type { Fuses } from './fuses.ts';

/** The result of one check of a package. */
export interface CheckResult {
	readonly name: string;
	/** What is wrong; empty when the check passed. */
	readonly faults: readonly string[];
}

/** The desktop app as packed for Linux. */
export interface PackedApp {
	/** The files in `resources/app.asar`. */
	readonly files: readonly AsarFile[];
	/** The paths of all files in the app's folder, with slashes. */
	readonly installed: readonly string[];
	/** The size of everything that the app adds to Electron. */
	readonly sizeBytes: number;
	readonly fuses: Fuses;
	/** The `process.arch` of the target machines. */
	readonly arch: string;
}

const packageJson = z.object({
	main: z.string().optional(),
	dependencies: z.record(z.string(), z.string()).default({}),
	optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/** Returns a fault for each of the wanted files and folders that is not among the paths. */
export function findMissing(wanted: readonly string[], paths: readonly string[]): string[] {
	const existing = new Set(paths);
	const exists = (path: string) => existing.has(path) || paths.some((other) => other.startsWith(`${path}/`));
	return [...new Set(wanted)].filter((path) => !exists(path)).map((path) => `${path} is missing`);
}

/**
 * Reads the relevant fields of a packed package.json. A file that does not exist has no fields.
 *
 * @throws ZodError if a field has an unexpected type
 */
export function readPackageJson(app: PackedApp, path: string): z.infer<typeof packageJson> {
	return packageJson.parse(JSON.parse(readPackedText(app, path) || '{}'));
}

/** Returns the text of a packed file, or an empty string if it does not exist. */
export function readPackedText({ files }: PackedApp, path: string): string {
	return files.find((file) => file.path === path)?.content?.toString('utf8') ?? '';
}
