import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AsarFile, readAsar } from '../../build/package-check/asar.ts';
import { findDependencies } from '../../build/package-check/bundle-dependencies.ts';
import { checkApp } from '../../build/package-check/check-app.ts';
import { publishedFuseWire, readFuses } from '../../build/package-check/fuses.ts';
import { checkLinuxPackages, type LinuxPackage, readLinuxPackage } from '../../build/package-check/linux-packages.ts';
import type { PackedApp } from '../../build/package-check/packed-app.ts';
import { Program } from '../support/program.ts';
import { expect, test } from '../support/service-test.ts';

const CHECK = fileURLToPath(new URL('../../build/package-check/package-check.ts', import.meta.url));

const NATIVES = [
	'node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node',
	'node_modules/node-hid/prebuilds/HID_hidraw-linux-x64/node-napi-v4.node',
];

/** The text of each file in the archive of a valid package; its native libraries are unpacked. */
const TEXTS: Readonly<Record<string, string>> = {
	'package.json': JSON.stringify({ main: 'dist/main.js', dependencies: { koffi: '1', 'node-hid': '1', ws: '1' } }),
	'dist/main.js': "import { app } from 'electron'; import './chunk.js'; new URL('./window/', import.meta.url);",
	'dist/chunk.js': "import koffi from 'koffi'; await import('node-hid'); require('bufferutil');",
	'dist/preload.cjs': "const { contextBridge } = require('electron');",
	'dist/window/index.html': '<script type="module" src="./assets/index.js"></script>',
	'dist/window/assets/index.js': '',
	'build/icons/rendered/linux/256x256.png': '',
	'build/icons/rendered/tray/linux/running.png': '',
	'build/icons/rendered/tray/linux/stopped.png': '',
	'build/icons/rendered/tray/linux/scanning.png': '',
	'build/icons/rendered/tray/linux/failed.png': '',
	'node_modules/koffi/package.json': JSON.stringify({ optionalDependencies: { '@koromix/koffi-linux-x64': '1' } }),
	'node_modules/@koromix/koffi-linux-x64/package.json': '{}',
	'node_modules/node-hid/package.json': JSON.stringify({ dependencies: { 'node-addon-api': '1' } }),
};

const VALID: PackedApp = {
	files: [
		...Object.entries(TEXTS).map(([path, text]) => packedFile(path, text)),
		...NATIVES.map((path) => packedFile(path)),
	],
	installed: [...NATIVES.map((path) => `resources/app.asar.unpacked/${path}`), 'resources/licences/ws/LICENSE'],
	sizeBytes: 3e6,
	fuses: new Map([
		['runAsNode', false],
		['enableCookieEncryption', true],
		['enableNodeOptionsEnvironmentVariable', false],
		['enableNodeCliInspectArguments', false],
		['enableEmbeddedAsarIntegrityValidation', true],
		['onlyLoadAppFromAsar', true],
		['loadBrowserProcessSpecificV8Snapshot', false],
		['grantFileProtocolExtraPrivileges', false],
	]),
	arch: 'x64',
};

test('package:check passes for the current desktop app', async () => {
	test.skip(process.platform !== 'linux', 'package:check runs only on Linux');
	const program = Program.start(process.execPath, [CHECK]);
	const { code } = await program.exit;
	expect(program.stdout.match(/^FAILED.*$/gm)).toBeNull();
	expect(code, program.stderr).toBe(0);
	expect(program.stdout.match(/^ok /gm)?.length).toBeGreaterThan(15);
});

test('checkApp finds no faults in a valid package', () => {
	expect(faultsOf(VALID)).toEqual([]);
});

/** A fault, a package that has it, and the message about it. */
const FAULTY: readonly [string, PackedApp, string][] = [
	['another main', withText('package.json', '{ "main": "dist/cli.js" }'), 'main is dist/cli.js'],
	['a missing main', without('dist/main.js'), 'dist/main.js is missing'],
	['a missing preload script', without('dist/preload.cjs'), 'dist/preload.cjs is missing'],
	['a missing window', without('dist/window/index.html'), 'dist/window/index.html is missing'],
	['a missing asset of the window', without('dist/window/assets/index.js'), 'dist/window/assets/index.js is missing'],
	['a missing chunk', without('dist/chunk.js'), 'dist/chunk.js is missing'],
	[
		'a missing icon',
		without('build/icons/rendered/tray/linux/failed.png'),
		'build/icons/rendered/tray/linux/failed.png is missing',
	],
	['a source file', withText('src/cli.ts', ''), 'src/cli.ts must not be packed'],
	['a source map', withText('dist/main.js.map', ''), 'dist/main.js.map must not be packed'],
	[
		'a test of a library',
		withText('node_modules/koffi/test/a.js', ''),
		'node_modules/koffi/test/a.js must not be packed',
	],
	['an unused library', withText('node_modules/left/package.json', '{}'), 'left is packed but not imported'],
	['a missing library', without('node_modules/node-hid/package.json'), 'node-hid is not packed'],
	['a missing licence', { ...VALID, installed: VALID.installed.slice(0, 2) }, 'ws has no licence'],
	[
		'a native library inside the archive',
		{ ...VALID, installed: VALID.installed.slice(1) },
		`resources/app.asar.unpacked/${NATIVES[0]} is missing`,
	],
	[
		'a native library for another system',
		withText('node_modules/node-hid/prebuilds/HID-win32-x64/a.node', ''),
		'node_modules/node-hid/prebuilds/HID-win32-x64/a.node is for another system',
	],
	['a fuse that must be off', { ...VALID, fuses: new Map([...VALID.fuses, ['runAsNode', true]]) }, 'runAsNode is on'],
	[
		'a fuse that must be on',
		{ ...VALID, fuses: new Map([...VALID.fuses, ['onlyLoadAppFromAsar', false]]) },
		'onlyLoadAppFromAsar is off',
	],
	['an app that is too large', { ...VALID, sizeBytes: 6.2e6 }, 'the app adds 6.2 MB'],
	[
		'a file without a hash',
		{ ...VALID, files: VALID.files.map((file) => ({ ...file, hasIntegrity: file.path !== 'dist/main.js' })) },
		'dist/main.js',
	],
];
for (const [title, app, fault] of FAULTY) {
	test(`checkApp finds ${title}`, () => {
		expect(faultsOf(app)).toContain(fault);
	});
}

test('findDependencies ignores comments and strings', () => {
	const text = `
		import fs from 'node:fs';
		import os from "os";
		import { app } from 'electron';
		import log from 'electron-log/node';
		import { a } from './a.js';
		export * from '../b.js';
		const c = import('./c.js'), d = import(name), e = import("@scope/name/file");
		const worker = new URL('./worker.js', import.meta.url), folder = new URL("./window/", import.meta.url);
		// import './comment.js';
		const word = "import './word.js'";`;
	expect(findDependencies('dist/main.js', text)).toEqual({
		files: ['dist/a.js', 'b.js', 'dist/c.js', 'dist/worker.js', 'dist/window'],
		libraries: ['electron-log', '@scope/name'],
	});
	expect(() => findDependencies('dist/main.js', 'import {')).toThrow('dist/main.js cannot be parsed');
});

test('readAsar reads the files of an archive', async ({ dataDir }) => {
	const integrity = { algorithm: 'SHA256', hash: 'ab', blockSize: 1, blocks: ['ab'] };
	const header = {
		files: {
			folder: { files: { 'a.txt': { size: 2, offset: '0', integrity }, 'b.txt': { size: 1, offset: '2' } } },
			'c.node': { size: 9, unpacked: true, integrity },
		},
	};
	const file = join(dataDir, 'app.asar');
	await writeFile(file, archiveOf(header, 'AAB'));
	expect(await readAsar(file)).toEqual([
		{ path: 'folder/a.txt', sizeBytes: 2, content: Buffer.from('AA'), hasIntegrity: true },
		{ path: 'folder/b.txt', sizeBytes: 1, content: Buffer.from('B'), hasIntegrity: false },
		{ path: 'c.node', sizeBytes: 9, content: undefined, hasIntegrity: true },
	]);
	await writeFile(file, archiveOf({ files: { a: { size: 'large' } } }, ''));
	await expect(readAsar(file)).rejects.toThrow();
});

test('readFuses reads the fuses of a binary', () => {
	const fuses = readFuses(Buffer.concat([Buffer.alloc(100), publishedFuseWire(), Buffer.alloc(100)]));
	const on = [...fuses].filter(([, isOn]) => isOn).map(([name]) => name);
	expect(on).toEqual([
		'runAsNode',
		'enableNodeOptionsEnvironmentVariable',
		'enableNodeCliInspectArguments',
		'grantFileProtocolExtraPrivileges',
	]);
	expect(() => readFuses(Buffer.alloc(100))).toThrow('no fuses');
});

test('readLinuxPackage reads the inputs of deb, rpm and AppImage', async ({ dataDir }) => {
	const files = ['install.sh', 'remove.sh', 'app.desktop'].map((name) => join(dataDir, name));
	for (const file of files) await writeFile(file, `text of ${file}`);
	const [install = '', remove = '', desktop = ''] = files;
	const args = [
		'--after-install',
		install,
		'--after-remove',
		remove,
		'--package',
		'/out/a_1.deb',
		'--url',
		'https://a.example/?b=/c',
	];
	expect(
		await readLinuxPackage([[...args, '--depends=a', 'b.rules=/usr/lib/b.rules', '/out/=/opt/A B'], desktop]),
	).toEqual({
		kind: 'deb',
		desktopEntry: `text of ${desktop}`,
		sources: new Map([
			['/usr/lib/b.rules', 'b.rules'],
			['/opt/A B', '/out/'],
		]),
		scripts: [`text of ${install}`, `text of ${remove}`],
	});
	expect(await readLinuxPackage({ desktop: 'Exec=AppRun' })).toMatchObject({
		kind: 'AppImage',
		desktopEntry: 'Exec=AppRun',
	});
	await expect(readLinuxPackage('nonsense')).rejects.toThrow();
});

test('checkLinuxPackages finds faults in the inputs of packages', () => {
	const deb: LinuxPackage = {
		kind: 'deb',
		desktopEntry: 'Exec="/opt/Fingerprint Service/fingerprint-service" %U',
		sources: new Map(
			[
				'/usr/lib/udev/rules.d/70-fingerprint-service.rules',
				'/usr/share/applications/fingerprint-service.desktop',
				...[16, 48, 256].map((size) => `/usr/share/icons/hicolor/${size}x${size}/apps/fingerprint-service.png`),
			].map((target) => [target, 'source']),
		),
		scripts: ['udevadm control --reload', 'udevadm control --reload'],
	};
	const appImage: LinuxPackage = { kind: 'AppImage', desktopEntry: 'Exec=AppRun %U', sources: new Map(), scripts: [] };
	const faults = (...packages: LinuxPackage[]) => checkLinuxPackages(packages).flatMap((fact) => fact.faults);
	expect(faults(deb, { ...deb, kind: 'rpm' }, appImage)).toEqual([]);
	expect(
		faults(
			{ ...deb, sources: new Map([...deb.sources].slice(1)), desktopEntry: 'Exec=sh' },
			{ ...appImage, desktopEntry: 'Exec=AppRun --no-sandbox %U' },
			{ ...deb, kind: 'rpm', scripts: ['udevadm control --reload', 'true'] },
		),
	).toEqual([
		'deb: the desktop entry does not start the app',
		'AppImage: the desktop entry disables the sandbox',
		'deb: /usr/lib/udev/rules.d/70-fingerprint-service.rules is missing',
		'rpm: a script does not reload the udev rules',
	]);
	expect(faults(deb, appImage)).toEqual(['packages are AppImage,deb']);
});

function packedFile(path: string, text?: string): AsarFile {
	const content = text === undefined ? undefined : Buffer.from(text);
	return { path, content, sizeBytes: content?.length ?? 0, hasIntegrity: true };
}

function without(path: string): PackedApp {
	return { ...VALID, files: VALID.files.filter((file) => file.path !== path) };
}

function withText(path: string, text: string): PackedApp {
	return { ...VALID, files: [...without(path).files, packedFile(path, text)] };
}

function faultsOf(app: PackedApp): string[] {
	return checkApp(app).flatMap(({ faults }) => faults);
}

function archiveOf(header: object, contents: string): Buffer {
	const json = Buffer.from(JSON.stringify(header));
	const padded = json.length + ((4 - (json.length % 4)) % 4);
	const head = Buffer.alloc(16);
	for (const [index, value] of [4, padded + 8, padded + 4, json.length].entries()) head.writeUInt32LE(value, 4 * index);
	return Buffer.concat([head, json, Buffer.alloc(padded - json.length), Buffer.from(contents)]);
}
