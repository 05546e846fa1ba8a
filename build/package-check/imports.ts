import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { parseSync } from 'vite';

/** What a bundle needs beside itself to run. */
export interface Needs {
	/** Files, as paths from the root of the archive. */
	readonly files: readonly string[];
	/** Names of libraries, such as `koffi` or `@scope/name`; what Node and Electron bring is left out. */
	readonly libraries: readonly string[];
}

/** Names of modules and files in source text, where no syntax tree is needed to find them. */
const NAMED_IN_TEXT = [/\brequire\(\s*["']([^"']+)["']\s*\)/g, /\bnew URL\(\s*["'](\.{1,2}\/[^"']+)["']/g];

/**
 * Find what a bundle needs: imports, dynamic ones, too, calls of `require`, and files it names by `new URL`.
 *
 * @param path from the root of the archive, with slashes
 * @throws Error if the text cannot be parsed
 */
export function findNeeds(path: string, text: string): Needs {
	const specifiers = [
		...new Set([...importsOf(path, text), ...NAMED_IN_TEXT.flatMap((named) => matches(named, text))]),
	];
	const isRelative = (specifier: string) => specifier.startsWith('.');
	return {
		files: specifiers
			.filter((specifier) => isRelative(specifier))
			.map((specifier) => posix.join(posix.dirname(path), specifier).replace(/\/$/, '')),
		libraries: specifiers
			.filter((specifier) => !isRelative(specifier) && !isBuiltin(specifier) && !/^electron(\/|$)/.test(specifier))
			.map(libraryOf),
	};
}

function importsOf(path: string, text: string): string[] {
	const { module, errors } = parseSync(path, text);
	if (errors.length > 0) throw new Error(`${path} cannot be parsed`);
	const exported = module.staticExports.flatMap(({ entries }) =>
		entries.map(({ moduleRequest }) => moduleRequest?.value),
	);
	return [
		...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
		...exported.filter((specifier) => typeof specifier === 'string'),
		// Only a literal names a module beforehand.
		...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
			matches(/^["'`]([^"'`$]+)["'`]$/g, text.slice(start, end)),
		),
	];
}

function matches(pattern: RegExp, text: string): string[] {
	return [...text.matchAll(pattern)].flatMap(([, found]) => found ?? []);
}

/** `@scope/name` of `@scope/name/file`, `name` of `name/file`. */
function libraryOf(specifier: string): string {
	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
}
