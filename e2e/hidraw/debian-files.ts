import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canInstallPackages } from '../support/debian-package.ts';

/**
 * Packages for the virtual machine; apt adds those of their dependencies that are not installed. The unpacked qemu searches
 * its modules and firmware beside itself, so their packages are also listed for systems that have qemu installed.
 */
const QEMU = ['qemu-system-x86', 'qemu-system-common', 'qemu-system-data', 'seabios'];
const PACKAGES = [...QEMU, 'busybox-static', 'libusb-1.0-0', 'libudev1'];
/** Metapackage that depends on the current kernel package, in the small variant for virtual machines. */
const KERNEL = 'linux-image-cloud-amd64';

/**
 * Unpacks Debian packages into a cache folder without installing them. apt downloads them and checks their signatures; later
 * runs reuse the unpacked files.
 *
 * @param cache folder in the project
 * @returns the folder with the unpacked files, laid out like the root of a file system
 * @throws Error with a human-readable reason when the packages cannot be downloaded or unpacked
 */
export function unpackDebianFiles(cache: string): string {
	const root = join(cache, 'debian');
	if (existsSync(root)) return root;
	const work = join(cache, 'debian.part');
	rmSync(work, { recursive: true, force: true });
	for (const folder of ['packages', 'root']) mkdirSync(join(work, folder), { recursive: true });
	fetchPackages(join(work, 'packages'));
	for (const file of readdirSync(join(work, 'packages'))) {
		const { status } = run('dpkg', ['--extract', join('packages', file), 'root'], work);
		if (status !== 0) throw new Error(`dpkg cannot unpack ${file}`);
	}
	// One atomic rename, so that an interrupted run does not leave an incomplete folder.
	renameSync(join(work, 'root'), root);
	rmSync(work, { recursive: true });
	return root;
}

function fetchPackages(folder: string): void {
	// The package lists may be missing (fresh container) or outdated, so a failed download is repeated after an update.
	const isFetched = tryFetch(folder) || (canInstallPackages() && updateLists() && tryFetch(folder));
	if (!isFetched) throw new Error(`apt cannot download ${[...PACKAGES, KERNEL].join(', ')}`);
}

function tryFetch(folder: string): boolean {
	const names = findPackages();
	return names !== undefined && run('apt-get', ['--quiet', 'download', ...names], folder).status === 0;
}

/** Returns the names of all packages to download; undefined when apt does not find every package. */
function findPackages(): string[] | undefined {
	const plan = run('apt-get', ['install', '--simulate', '--no-install-recommends', ...PACKAGES]);
	const kernel = run('apt-cache', ['show', '--no-all-versions', KERNEL]).stdout.match(
		/^Depends: (linux-image-\S+)/m,
	)?.[1];
	if (plan.status !== 0 || kernel === undefined) return undefined;
	const needed = [...plan.stdout.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
	return [...new Set([...needed, ...PACKAGES, kernel])];
}

function updateLists(): boolean {
	return run('apt-get', ['--quiet', 'update']).status === 0;
}

function run(command: string, args: readonly string[], cwd = '/') {
	return spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, timeout: 120_000 });
}
