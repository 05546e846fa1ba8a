import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { parseSync } from 'vite';

/** The files and libraries that a bundle needs at run time. */
export interface BundleDependencies {
	/** Paths relative to the root of the archive. */
	readonly files: readonly string[];
	/** Package names such as `koffi` or `@scope/name`, without the modules built into Node and Electron. */
	readonly libraries: readonly string[];
}

/** References that are found in the source text without a syntax tree: `require()` and `new URL()`. */
const REFERENCE_PATTERNS = [/\brequire\(\s*["']([^"']+)["']\s*\)/g, /\bnew URL\(\s*["'](\.{1,2}\/[^"']+)["']/g];

/**
 * Finds the dependencies of a bundle: static and dynamic imports, calls of `require()`, and files referenced by `new URL()`.
 *
 * @param path relative to the root of the archive, with slashes
 * @throws Error if the text cannot be parsed
 */
export function findDependencies(path: string, text: string): BundleDependencies {
	const specifiers = [
		...new Set([...importsOf(path, text), ...REFERENCE_PATTERNS.flatMap((named) => matches(named, text))]),
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
		// Only a string literal names a module before run time.
		...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
			matches(/^["'`]([^"'`$]+)["'`]$/g, text.slice(start, end)),
		),
	];
}

function matches(pattern: RegExp, text: string): string[] {
	return [...text.matchAll(pattern)].flatMap(([, found]) => found ?? []);
}

/** Returns `@scope/name` for `@scope/name/file`, and `name` for `name/file`. */
function libraryOf(specifier: string): string {
	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
}
