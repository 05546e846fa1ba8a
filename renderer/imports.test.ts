import { readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The libraries of the window; each makes it larger, and none of them checks data. */
const LIBRARIES = ['preact', '@preact/signals'];

const SOURCES = readdirSync(`${ROOT}renderer`, { recursive: true, encoding: 'utf8' })
	.map((path) => `renderer/${path.split(sep).join('/')}`)
	.filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path));

interface ModuleUse {
	readonly specifier: string;
	readonly isTypeOnly: boolean;
}

function importsOf(file: string): ModuleUse[] {
	const { module, errors } = parseSync(file, readFileSync(ROOT + file, 'utf8'));
	if (errors.length > 0) throw new Error(`${file} cannot be parsed`);
	const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
		specifier: moduleRequest.value,
		isTypeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
	}));
	const exports = module.staticExports
		.flatMap(({ entries }) => entries)
		.flatMap(({ moduleRequest, isType }) =>
			moduleRequest ? [{ specifier: moduleRequest.value, isTypeOnly: isType }] : [],
		);
	return [...imports, ...exports];
}

/** Every file and library that runs where `file` runs. */
function reachOf(file: string, reached = new Set<string>()): Set<string> {
	if (reached.has(file) || !/\.tsx?$/.test(file)) return reached.add(file);
	reached.add(file);
	for (const { specifier, isTypeOnly } of importsOf(file)) {
		if (!isTypeOnly) reachOf(resolve(file, specifier), reached);
	}
	return reached;
}

function resolve(file: string, specifier: string): string {
	return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
}

describe('the imports of the window', () => {
	it('lead out of it only to the protocol and the contract', () => {
		const outside = SOURCES.flatMap((file) => importsOf(file).map(({ specifier }) => resolve(file, specifier)))
			.filter((target) => target.startsWith('src/') || target.startsWith('electron/'))
			.filter((target) => !target.startsWith('src/protocol/') && target !== 'src/console/contract.ts');
		expect(outside).toEqual([]);
	});

	it('bring no library but Preact to the page', () => {
		const reached = [...reachOf('renderer/main.tsx')];
		expect(reached).toContain('renderer/views/overview-view.tsx');
		const libraries = reached.filter((target) => !/^(renderer|src|build\/icons)\//.test(target));
		expect(libraries.filter((library) => !LIBRARIES.some((known) => `${library}/`.startsWith(`${known}/`)))).toEqual(
			[],
		);
	});
});
