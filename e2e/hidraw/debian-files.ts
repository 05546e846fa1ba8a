import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canInstallPackages } from '../support/debian-package.ts';

/** What the virtual machine is made of; apt adds what these need and the system lacks. */
const PACKAGES = ['qemu-system-x86', 'busybox-static', 'libusb-1.0-0', 'libudev1'];
/** Always depends on the kernel of the day, the small variant for machines that are virtual. */
const KERNEL = 'linux-image-cloud-amd64';

/**
 * The files of Debian packages in a folder of their own; nothing is installed. They are fetched by the system's own tools,
 * which check their signatures, and kept for the next time.
 *
 * @param cache folder of the project
 * @returns the folder that stands for the root of a file system
 * @throws Error why they cannot be had, for a person
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
	// In one step, so that an interrupted run leaves nothing that passes for the whole.
	renameSync(join(work, 'root'), root);
	rmSync(work, { recursive: true });
	return root;
}

function fetchPackages(folder: string): void {
	// What apt knows may be nothing at all in a fresh container, or of last month.
	const isFetched = tryFetch(folder) || (canInstallPackages() && updateLists() && tryFetch(folder));
	if (!isFetched) throw new Error(`apt cannot fetch ${[...PACKAGES, KERNEL].join(', ')} here`);
}

function tryFetch(folder: string): boolean {
	const names = findPackages();
	return names !== undefined && run('apt-get', ['--quiet', 'download', ...names], folder).status === 0;
}

/** @returns undefined where apt does not know all of them */
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
