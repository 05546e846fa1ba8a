import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { archFromString, build, Platform } from 'electron-builder';
import { gatherAppFacts } from './app-facts.ts';
import { readAsar } from './asar.ts';
import type { Fact, PackedApp } from './contents.ts';
import { readFuses } from './fuses.ts';
import { gatherLinuxFacts, type LinuxPackage, readLinuxPackage } from './linux-packages.ts';
import { createStubRuntime } from './stub-runtime.ts';
import { gatherTrialFacts, layOut } from './trial-install.ts';

/*
 * `npm run package:check`: packs the desktop app for Linux around a stand-in for Electron, without a download, and says line
 * by line what holds for the package. Exit code 1 if something does not.
 */

/** What `npm run build` makes. */
const BUNDLES = ['dist/cli.js', 'dist/main.js', 'dist/preload.cjs', 'dist/window/index.html'];

const project = fileURLToPath(new URL('../..', import.meta.url));

// An exit hook of electron-builder would end a failed check, too, with code 0, had it merely set its exit code.
if (process.platform === 'linux') process.exit((await check()) ? 0 : 1);
else process.stdout.write('package:check packs for Linux, on Linux: nothing was checked\n');

async function check(): Promise<boolean> {
	bundleIfNeeded();
	const folder = await mkdtemp(join(tmpdir(), 'fingerprint-package-'));
	try {
		const packages = await pack(folder);
		const packed = join(folder, 'out', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
		const app = await readPackedApp(packed);
		const trial = join(folder, 'trial');
		await layOut(app.files, join(packed, 'resources/app.asar.unpacked'), trial);
		const natives = app.files.map(({ path }) => path).filter((path) => path.endsWith('.node'));
		return tell([
			...(await configurationFacts()),
			...gatherAppFacts(app),
			...gatherTrialFacts(trial, natives),
			...gatherLinuxFacts(packages),
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

/** Pack into `out` of the folder, and stop before tools would be needed that make a file of it. */
async function pack(folder: string): Promise<LinuxPackage[]> {
	await createStubRuntime(join(folder, 'electron'));
	// Whatever would be downloaded is asked of a port of this machine where nobody answers.
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
			// A deb has to name one; where the project is published, it is taken from there.
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
		// What stands in for Electron weighs next to nothing.
		sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
		fuses: readFuses(await readFile(join(folder, 'fingerprint-service'))),
		arch: process.arch,
	};
}

/** By now electron-builder has found the configuration valid, for Windows and macOS, too; files it names may still be missing. */
async function configurationFacts(): Promise<Fact[]> {
	const configuration = await readFile(join(project, 'build/electron-builder.yml'), 'utf8');
	const named = [...new Set(configuration.match(/\bbuild\/[\w./-]+/g))];
	return [
		{
			what: 'configuration is valid for each system and names files that are there',
			faults: named.filter((path) => !existsSync(join(project, path))).map((path) => `${path} is missing`),
		},
	];
}

/** One line for each fact, and one for each fault. @returns whether all of them hold */
function tell(facts: readonly Fact[]): boolean {
	for (const { what, faults } of facts) {
		process.stdout.write(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${what}\n`);
		for (const fault of faults) process.stdout.write(`         ${fault}\n`);
	}
	return facts.every(({ faults }) => faults.length === 0);
}
