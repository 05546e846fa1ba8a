import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { archFromString, build, Platform } from 'electron-builder';
import { readAsar } from './asar.ts';
import { checkApp } from './check-app.ts';
import { readFuses } from './fuses.ts';
import { checkLinuxPackages, type LinuxPackage, readLinuxPackage } from './linux-packages.ts';
import type { CheckResult, PackedApp } from './packed-app.ts';
import { createStubRuntime } from './stub-runtime.ts';
import { checkUnpackedApp, unpackApp } from './unpacked-app.ts';

/*
 * `npm run package:check`: packs the desktop app for Linux with a stub of Electron, without any download, and prints the
 * result of each check of the package. The exit code is 1 if a check fails.
 */

/** Files that `npm run build` creates. */
const BUNDLES = ['dist/cli.js', 'dist/main.js', 'dist/preload.cjs', 'dist/window/index.html'];

const project = fileURLToPath(new URL('../..', import.meta.url));

// Setting `process.exitCode` is not enough, because an exit hook of electron-builder would replace it by 0.
if (process.platform === 'linux') process.exit((await check()) ? 0 : 1);
else process.stdout.write('package:check runs only on Linux; nothing was checked\n');

async function check(): Promise<boolean> {
	bundleIfNeeded();
	const folder = await mkdtemp(join(tmpdir(), 'fingerprint-package-'));
	try {
		const packages = await pack(folder);
		const packed = join(folder, 'out', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
		const app = await readPackedApp(packed);
		const trial = join(folder, 'trial');
		await unpackApp(app.files, join(packed, 'resources/app.asar.unpacked'), trial);
		const natives = app.files.map(({ path }) => path).filter((path) => path.endsWith('.node'));
		return printResults([
			...(await checkConfiguration()),
			...checkApp(app),
			...checkUnpackedApp(trial, natives),
			...checkLinuxPackages(packages),
		]);
	} finally {
		await rm(folder, { recursive: true });
	}
}

function bundleIfNeeded(): void {
	if (BUNDLES.every((path) => existsSync(join(project, path)))) return;
	const { status } = spawnSync('npm', ['run', 'build'], { cwd: project, stdio: 'inherit' });
	if (status !== 0) throw new Error(`npm run build failed (exit code ${status})`);
}

/** Packs the app into the sub-folder `out`, but does not build the installers, which would need more tools. */
async function pack(folder: string): Promise<LinuxPackage[]> {
	await createStubRuntime(join(folder, 'electron'));
	// Makes every download fail: the proxy is a local port on which nothing listens.
	Object.assign(process.env, { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' });
	const packages: LinuxPackage[] = [];
	await build({
		projectDir: project,
		targets: Platform.LINUX.createTarget(['AppImage', 'deb', 'rpm'], archFromString(process.arch)),
		publish: 'never',
		config: {
			extends: 'build/electron-builder.yml',
			electronDist: join(folder, 'electron'),
			directories: { output: join(folder, 'out') },
			// A deb must have a homepage; electron-builder usually derives it from the repository.
			extraMetadata: { homepage: 'https://fingerprint-service.example' },
		},
		effectiveOptionComputed: async (option: unknown) => {
			packages.push(await readLinuxPackage(option));
			return true;
		},
	});
	return packages;
}

async function readPackedApp(folder: string): Promise<PackedApp> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
	const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
	return {
		files: await readAsar(join(folder, 'resources/app.asar')),
		installed: files.map((file) => relative(folder, file)),
		// Includes the stub of Electron, which is tiny.
		sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
		fuses: readFuses(await readFile(join(folder, 'fingerprint-service'))),
		arch: process.arch,
	};
}

/** Checks that the files named in the configuration exist. electron-builder has already validated its schema. */
async function checkConfiguration(): Promise<CheckResult[]> {
	const configuration = await readFile(join(project, 'build/electron-builder.yml'), 'utf8');
	const named = [...new Set(configuration.match(/\bbuild\/[\w./-]+/g))];
	return [
		{
			name: 'configuration is valid for each system and its files exist',
			faults: named.filter((path) => !existsSync(join(project, path))).map((path) => `${path} is missing`),
		},
	];
}

/** Prints one line per check and one per fault. @returns whether all checks passed */
function printResults(facts: readonly CheckResult[]): boolean {
	for (const { name: what, faults } of facts) {
		process.stdout.write(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${what}\n`);
		for (const fault of faults) process.stdout.write(`         ${fault}\n`);
	}
	return facts.every(({ faults }) => faults.length === 0);
}
