import { readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

/** What lies directly in src/, from the ground up: each may import what stands before it. Names in one line do not see each other. */
const ORDER = [
	['protocol'],
	['biometrics'],
	['log', 'config'],
	['access'],
	['devices'],
	['scans'],
	['server'],
	['console'],
	['service-parts.ts'],
	['service.ts'],
	['commands'],
	['cli.ts'],
];

/** Libraries that one folder alone may import; an empty name = nobody. */
const KEEPERS = new Map([
	['ws', 'server/'],
	['node-hid', 'devices/drivers/hid/'],
	['koffi', 'devices/drivers/zkfinger/'],
	['electron', ''],
]);

/** The few fields of ESTree by which a node can name a module. */
interface SyntaxNode {
	readonly source?: { readonly value?: unknown };
	readonly callee?: { readonly name?: unknown };
	readonly arguments?: readonly { readonly value?: unknown }[];
}

/** Says what is wrong with the imports of a file; `file` is its path from src/, with slashes. */
function findFaults(file: string, text: string): string[] {
	const { program, errors } = parseSync(file, text);
	if (errors.length > 0) return [`${file} cannot be parsed`];
	return importsIn(program).flatMap((specifier) => {
		const fault = specifier.startsWith('.') ? folderFault(file, specifier) : libraryFault(file, specifier);
		return fault === undefined ? [] : [`${file} imports ${specifier}: ${fault}`];
	});
}

function folderFault(file: string, specifier: string): string | undefined {
	const target = posix.join(posix.dirname(file), specifier);
	if (target === '../package.json') return undefined;
	const [from, to] = [placeOf(file), placeOf(target)];
	// A test that lies directly in src/ looks at the whole.
	if (from === to || from.endsWith('.test.ts')) return undefined;
	if (rankOf(from) === -1 || rankOf(to) === -1) return `${from} or ${to} has no place in the order`;
	return rankOf(to) < rankOf(from) ? undefined : `${to} does not stand before ${from}`;
}

function rankOf(place: string): number {
	return ORDER.findIndex((places) => places.includes(place));
}

function placeOf(file: string): string {
	return file.split('/')[0] ?? '';
}

function libraryFault(file: string, specifier: string): string | undefined {
	const [library = ''] = specifier.split('/');
	const keeper = KEEPERS.get(library);
	if (keeper === undefined || (keeper !== '' && file.startsWith(keeper))) return undefined;
	return keeper === '' ? 'nobody in src may' : `only src/${keeper} may`;
}

/** Every module that a syntax tree names. */
function importsIn(node: unknown): string[] {
	if (Array.isArray(node)) return node.flatMap(importsIn);
	if (typeof node !== 'object' || node === null) return [];
	const specifier = specifierOf(node);
	const inside = Object.values(node).flatMap(importsIn);
	return typeof specifier === 'string' ? [specifier, ...inside] : inside;
}

/** What `import`, `export from`, `import()`, an import type, `require` and `new URL('./worker.ts', ...)` name. */
function specifierOf(node: SyntaxNode): unknown {
	const argument = node.arguments?.[0]?.value;
	if (node.callee?.name === 'require') return argument;
	if (node.callee?.name === 'URL') return String(argument).startsWith('.') ? argument : undefined;
	return node.source?.value;
}

const SRC = fileURLToPath(new URL('.', import.meta.url));
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
	.map((path) => path.split(sep).join('/'))
	.filter((path) => path.endsWith('.ts'));

describe('the order of imports', () => {
	it('is looked at in every folder', () => {
		const places = FILES.map(placeOf);
		expect(places).toEqual(expect.arrayContaining(['protocol', 'biometrics', 'log', 'config', 'access', 'devices']));
	});

	it('is kept by every file', () => {
		expect(FILES.flatMap((file) => findFaults(file, readFileSync(SRC + file, 'utf8')))).toEqual([]);
	});
});

describe('a wrong import is found', () => {
	it.each([
		['protocol/a.ts', '../biometrics/b.ts'],
		['biometrics/a.ts', '../log/b.ts'],
		['log/a.ts', '../config/b.ts'],
		['config/a.ts', '../log/b.ts'],
		['config/a.ts', '../access/b.ts'],
		['access/a.ts', '../devices/b.ts'],
		['devices/drivers/hid/a.ts', '../../../scans/b.ts'],
		['scans/a.ts', '../server/b.ts'],
		['server/a.ts', '../console/b.ts'],
		['server/a.ts', '../service.ts'],
		['service.ts', './cli.ts'],
		['service.ts', './commands/b.ts'],
		['utils/a.ts', '../protocol/b.ts'],
		['cli.ts', './utils/b.ts'],
		['server/a.ts', '../../electron/main.ts'],
		['scans/a.ts', 'ws'],
		['devices/a.ts', 'node-hid'],
		['devices/drivers/zkfinger/a.ts', 'node-hid'],
		['devices/drivers/hid/a.ts', 'koffi'],
		['service.ts', 'electron'],
		['whole.test.ts', 'ws'],
		['scans/a.test.ts', '../server/b.ts'],
		['service.ts', 'electron/main'],
	])('in %s of %s', (file, specifier) => {
		expect(findFaults(file, `import '${specifier}';`)).toEqual([
			expect.stringMatching(new RegExp(`^${file} imports ${specifier}: `)),
		]);
	});

	it.each([
		"import type { B } from '../server/b.ts';",
		"export * from '../server/b.ts';",
		"export type { B } from '../server/b.ts';",
		"const b = await import('../server/b.ts');",
		"type B = import('../server/b.ts').B;",
		"const b = require('../server/b.ts');",
		"new Worker(new URL('../server/b.ts', import.meta.url));",
	])('written as %s', (text) => {
		expect(findFaults('scans/a.ts', text)).toHaveLength(1);
	});

	it('and a right one is not', () => {
		const text = `
			// import '../server/b.ts';
			import { a } from './b.ts';
			import { ServiceError } from '../protocol/errors.ts';
			import electronLog from 'electron-log/node';
			const url = new URL('http://localhost');
			const word = 'ws';`;
		expect(findFaults('scans/a.ts', text)).toEqual([]);
		expect(findFaults('server/a.ts', "import { WebSocket } from 'ws';")).toEqual([]);
		expect(findFaults('whole.test.ts', "import './cli.ts';")).toEqual([]);
		expect(findFaults('protocol/a.ts', "import p from '../../package.json' with { type: 'json' };")).toEqual([]);
	});
});
