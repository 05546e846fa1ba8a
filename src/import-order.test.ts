import { readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

/*
 * Checks which module may import which: the order of the folders in src/ and renderer/, the libraries that belong to one
 * folder, and that test support in testing/ folders never reaches production code. Paths are relative to the project root.
 */

/** The folders and top-level modules of src/, from the ground up. A module imports only from rows above its own. */
const SRC_ORDER = [
	['protocol'],
	['time'],
	['biometrics'],
	['log', 'config'],
	['access'],
	['devices'],
	['scans'],
	['server'],
	['operator'],
	['service'],
	['commands'],
	['cli.ts'],
];

/** The same for the operator window. */
const RENDERER_ORDER = [
	['text', 'carriers'],
	['router.ts', 'notifier.ts', 'settings-draft.ts'],
	['window-context.ts'],
	['components'],
	['about', 'keys', 'logs', 'origins', 'overview', 'settings', 'trial'],
	['shell'],
	['main.tsx'],
];

/** The only module of biometrics that other folders may import. */
const PUBLIC_BIOMETRICS = 'src/biometrics/worker-engine.ts';

/** Libraries that only one folder may import. */
const LIBRARY_FOLDERS = new Map([
	['ws', 'src/server/'],
	['node-hid', 'src/devices/drivers/hid/'],
	['koffi', 'src/devices/drivers/zkfinger/'],
	['electron', 'electron/'],
]);

/** Every other library enlarges the window's bundle. */
const WINDOW_LIBRARIES = ['preact', '@preact/signals'];

interface Import {
	readonly specifier: string;
	readonly isTypeOnly: boolean;
}

/** The fields of an ESTree node that can name a module. */
interface SyntaxNode {
	readonly type?: string;
	readonly source?: { readonly value?: unknown };
	readonly importKind?: string;
	readonly exportKind?: string;
	readonly specifiers?: readonly { readonly importKind?: string; readonly exportKind?: string }[];
	readonly callee?: { readonly name?: unknown };
	readonly arguments?: readonly { readonly value?: unknown }[];
}

/** Returns one line per import of `file` that breaks a rule. */
function findViolations(file: string, text: string): string[] {
	const imports = importsOf(file, text);
	if (imports === undefined) return [`${file} cannot be parsed`];
	return imports.flatMap(({ specifier }) => {
		const reason = specifier.startsWith('.')
			? modulePathRule(file, resolve(file, specifier))
			: libraryRule(file, specifier);
		return reason === undefined ? [] : [`${file} imports ${specifier}: ${reason}`];
	});
}

function modulePathRule(file: string, target: string): string | undefined {
	if (!/\.tsx?$/.test(target)) return undefined;
	if (isTesting(target) && !isTest(file)) return 'only tests and testing/ folders may';
	if (isInternal(file, target)) return `only ${PUBLIC_BIOMETRICS} is public`;
	if (file.startsWith('electron/')) return /^(src|electron)\//.test(target) ? undefined : 'electron/ imports only src/';
	if (file.startsWith('renderer/') && !target.startsWith('renderer/')) return outsideWindowRule(file, target);
	// A test directly in src/ or src/service/ tests the whole.
	if (isTest(file) && /^src\/(service\/)?[^/]+$/.test(file) && target.startsWith('src/')) return undefined;
	const [root = '', from = ''] = file.split('/');
	const [targetRoot, to = ''] = target.split('/');
	if (root !== targetRoot) return `${root}/ does not import ${targetRoot}/`;
	if (from === to) return undefined;
	const order = root === 'src' ? SRC_ORDER : RENDERER_ORDER;
	const [fromRow, toRow] = [from, to].map((name) => order.findIndex((names) => names.includes(name)));
	if (fromRow === undefined || toRow === undefined || fromRow === -1 || toRow === -1) {
		return isTest(file) && fromRow === -1 ? undefined : `${from} or ${to} is not in the order`;
	}
	return toRow < fromRow ? undefined : `${to} is not above ${from} in the order`;
}

/** Whether the target is a module of biometrics that only biometrics and its tests may import. */
function isInternal(file: string, target: string): boolean {
	if (file.startsWith('src/biometrics/') || !target.startsWith('src/biometrics/')) return false;
	return target !== PUBLIC_BIOMETRICS && !isTesting(target);
}

function outsideWindowRule(file: string, target: string): string | undefined {
	if (target.startsWith('src/protocol/') || target === 'src/operator/contract.ts') return undefined;
	if (isTest(file) && isTesting(target)) return undefined;
	return 'the window imports only src/protocol/ and src/operator/contract.ts';
}

function libraryRule(file: string, specifier: string): string | undefined {
	const [library = ''] = specifier.split('/');
	const folder = LIBRARY_FOLDERS.get(library);
	if (folder !== undefined && !file.startsWith(folder)) return `only ${folder} may`;
	if (!file.startsWith('renderer/') || isTest(file)) return undefined;
	return isWindowLibrary(specifier) ? undefined : `the window uses only ${WINDOW_LIBRARIES.join(' and ')}`;
}

function isWindowLibrary(specifier: string): boolean {
	return WINDOW_LIBRARIES.some((library) => specifier === library || specifier.startsWith(`${library}/`));
}

function isTesting(path: string): boolean {
	return path.includes('/testing/');
}

function isTest(path: string): boolean {
	return /\.test\.tsx?$/.test(path) || isTesting(path);
}

function resolve(file: string, specifier: string): string {
	return posix.join(posix.dirname(file), specifier);
}

/** Returns every import of a module, whichever syntax it uses; undefined when the text cannot be parsed. */
function importsOf(file: string, text: string): Import[] | undefined {
	const { program, errors } = parseSync(file, text);
	return errors.length > 0 ? undefined : importsIn(program);
}

function importsIn(node: unknown): Import[] {
	if (Array.isArray(node)) return node.flatMap(importsIn);
	if (typeof node !== 'object' || node === null) return [];
	const specifier = specifierOf(node);
	const nested = Object.values(node).flatMap(importsIn);
	return typeof specifier === 'string' ? [{ specifier, isTypeOnly: isTypeOnly(node) }, ...nested] : nested;
}

/** The specifier in `import`, `export from`, `import()`, an import type, `require` and `new URL('./worker.ts', ...)`. */
function specifierOf(node: SyntaxNode): unknown {
	const argument = node.arguments?.[0]?.value;
	if (node.callee?.name === 'require') return argument;
	if (node.callee?.name === 'URL') return String(argument).startsWith('.') ? argument : undefined;
	return node.source?.value;
}

function isTypeOnly({ type, importKind, exportKind, specifiers = [] }: SyntaxNode): boolean {
	if (type === 'TSImportType' || importKind === 'type' || exportKind === 'type') return true;
	return specifiers.length > 0 && specifiers.every((it) => it.importKind === 'type' || it.exportKind === 'type');
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(ROOT + file, 'utf8');
const FILES = ['src', 'renderer', 'electron'].flatMap((folder) =>
	readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
		.map((path) => `${folder}/${path.split(sep).join('/')}`)
		.filter((path) => /(?<!\.d)\.tsx?$/.test(path)),
);

/** Every module and library that is loaded at run time where `file` is. */
function reachableFrom(file: string, reached = new Set<string>()): Set<string> {
	if (reached.has(file)) return reached;
	reached.add(file);
	if (!/\.tsx?$/.test(file)) return reached;
	for (const { specifier, isTypeOnly } of importsOf(file, read(file)) ?? []) {
		if (!isTypeOnly) reachableFrom(specifier.startsWith('.') ? resolve(file, specifier) : specifier, reached);
	}
	return reached;
}

describe('the import order', () => {
	it('covers every folder of src/ and renderer/', () => {
		for (const [root, order] of [
			['src', SRC_ORDER],
			['renderer', RENDERER_ORDER],
		] as const) {
			const folders = FILES.filter((file) => file.startsWith(`${root}/`) && !isTest(file)).map(
				(file) => file.split('/')[1],
			);
			expect(order.flat().toSorted()).toEqual([...new Set(folders)].toSorted());
		}
	});

	it('is kept by every module', () => {
		expect(FILES.flatMap((file) => findViolations(file, read(file)))).toEqual([]);
	});

	it('keeps every library but Preact out of the window', () => {
		const reached = [...reachableFrom('renderer/main.tsx')];
		expect(reached).toContain('renderer/overview/overview-view.tsx');
		const libraries = reached.filter((target) => !/^(renderer|src|build\/icons)\//.test(target));
		expect(libraries.filter((library) => !isWindowLibrary(library))).toEqual([]);
	});
});

describe('a violation is reported', () => {
	it.each([
		['src/protocol/a.ts', '../biometrics/b.ts'],
		['src/protocol/a.ts', '../time/b.ts'],
		['src/biometrics/a.ts', '../log/b.ts'],
		['src/scans/a.ts', '../biometrics/images/grey-image.ts'],
		['src/scans/a.test.ts', '../biometrics/worker-pool.ts'],
		['src/a.test.ts', './biometrics/matching/match.ts'],
		['renderer/keys/a.tsx', '../../src/biometrics/worker-engine.ts'],
		['electron/a.ts', '../src/biometrics/images/grey-image.ts'],
		['src/log/a.ts', '../config/b.ts'],
		['src/config/a.ts', '../log/b.ts'],
		['src/config/a.ts', '../access/b.ts'],
		['src/access/a.ts', '../devices/b.ts'],
		['src/devices/drivers/hid/a.ts', '../../../scans/b.ts'],
		['src/scans/a.ts', '../server/b.ts'],
		['src/server/a.ts', '../operator/b.ts'],
		['src/server/a.ts', '../service/b.ts'],
		['src/service/a.ts', '../cli.ts'],
		['src/service/a.ts', '../commands/b.ts'],
		['src/utils/a.ts', '../protocol/b.ts'],
		['src/cli.ts', './utils/b.ts'],
		['src/server/a.ts', '../../electron/main.ts'],
		['src/server/a.ts', './testing/b.ts'],
		['src/server/a.ts', '../time/testing/b.ts'],
		['src/scans/a.ts', 'ws'],
		['src/devices/a.ts', 'node-hid'],
		['src/devices/drivers/zkfinger/a.ts', 'node-hid'],
		['src/devices/drivers/hid/a.ts', 'koffi'],
		['src/service/a.ts', 'electron'],
		['src/service/a.ts', 'electron/main'],
		['src/whole.test.ts', 'ws'],
		['src/scans/a.test.ts', '../server/b.ts'],
		['src/scans/testing/a.ts', '../../server/b.ts'],
		['renderer/text/a.ts', '../components/b.tsx'],
		['renderer/components/a.tsx', '../keys/b.tsx'],
		['renderer/keys/a.tsx', '../logs/b.tsx'],
		['renderer/logs/a.tsx', '../shell/b.tsx'],
		['renderer/keys/a.tsx', '../../src/operator/views.ts'],
		['renderer/keys/a.tsx', '../../src/time/testing/fake-clock.ts'],
		['renderer/keys/a.tsx', '../../electron/main.ts'],
		['renderer/keys/a.tsx', 'zod'],
		['renderer/keys/a.tsx', 'node:fs'],
		['electron/a.ts', '../renderer/main.tsx'],
		['electron/a.ts', '../src/server/testing/b.ts'],
		['electron/a.ts', 'ws'],
	])('in %s of %s', (file, specifier) => {
		expect(findViolations(file, `import '${specifier}';`)).toEqual([
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
		expect(findViolations('src/scans/a.ts', text)).toHaveLength(1);
	});

	it('and a permitted import is not', () => {
		const text = `
			// import '../server/b.ts';
			import { a } from './b.ts';
			import { ServiceError } from '../protocol/errors.ts';
			import electronLog from 'electron-log/node';
			const url = new URL('http://localhost');
			const word = 'ws';`;
		expect(findViolations('src/scans/a.ts', text)).toEqual([]);
		expect(findViolations('src/server/a.ts', "import { WebSocket } from 'ws';")).toEqual([]);
		expect(findViolations('src/whole.test.ts', "import './cli.ts';")).toEqual([]);
		expect(findViolations('src/scans/a.test.ts', "import '../time/testing/fake-clock.ts';")).toEqual([]);
		expect(findViolations('src/scans/a.ts', "import '../biometrics/worker-engine.ts';")).toEqual([]);
		expect(findViolations('src/scans/a.test.ts', "import '../biometrics/testing/b.ts';")).toEqual([]);
		expect(findViolations('renderer/keys/a.test.ts', "import '../../src/time/testing/fake-clock.ts';")).toEqual([]);
		expect(findViolations('src/protocol/a.ts', "import p from '../../package.json' with { type: 'json' };")).toEqual(
			[],
		);
	});
});
