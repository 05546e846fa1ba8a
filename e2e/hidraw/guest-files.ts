import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UNBUNDLED } from './bundle-guest.ts';
import type { ArchiveEntry } from './cpio-archive.ts';
import { libraryFolders } from './virtual-machine.ts';

const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** In the order in which they must be loaded. */
const KERNEL_MODULES = ['hid', 'hid-generic', 'uhid'];

const LIBRARIES = '/lib';

/** Output goes to the serial console; whatever becomes of the program, the machine switches itself off. */
const INIT = `#!/bin/busybox sh
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox chmod 1777 /tmp
${KERNEL_MODULES.map((name) => `/bin/busybox insmod /modules/${name}.ko*`).join('\n')}
LD_LIBRARY_PATH=${LIBRARIES} /bin/node --expose-gc --enable-source-maps /app/main.js
/bin/busybox poweroff -f
`;

export interface GuestParts {
	/** Unpacked Debian packages. */
	readonly debian: string;
	/** A folder for what is needed meanwhile. */
	readonly work: string;
	/** The bundled program. */
	readonly program: string;
	/** PGM files by their names. */
	readonly pictures: ReadonlyMap<string, Uint8Array>;
	/** How long this machine takes for a fixed piece of work, ms. */
	readonly workMs: number;
}

/** Everything in the virtual machine's file system. @throws Error naming what is missing */
export function collectGuestFiles({ debian, work, program, pictures, workMs }: GuestParts): ArchiveEntry[] {
	const files = new Map<string, Uint8Array>([
		['init', Buffer.from(INIT)],
		['bin/busybox', readFileSync(join(debian, 'bin/busybox'))],
		['bin/node', readNode(work)],
		['app/host-work-ms', Buffer.from(String(workMs))],
		['app/package.json', Buffer.from('{"type":"module"}')],
	]);
	for (const [name, data] of pictures) files.set(`pictures/${name}`, data);
	for (const file of KERNEL_MODULES.map((name) => findKernelModule(debian, name))) {
		files.set(`modules/${basename(file)}`, readFileSync(file));
	}
	for (const [path, file] of [...filesOf(program, 'app'), ...UNBUNDLED.flatMap(packageFiles), ...libraries(debian)]) {
		files.set(path, readFileSync(file));
	}
	return [...folders([...files.keys()]), ...[...files].map(toEntry)];
}

function toEntry([path, data]: [string, Uint8Array]): ArchiveEntry {
	return { path, data, isExecutable: true };
}

/** Every folder that the paths need and those that the system mounts on, parents first. */
function folders(paths: readonly string[]): ArchiveEntry[] {
	const needed = new Set(['dev', 'proc', 'sys', 'tmp']);
	for (const path of paths) {
		const parts = dirname(path).split('/');
		for (let depth = 1; depth <= parts.length; depth++) needed.add(parts.slice(0, depth).join('/'));
	}
	needed.delete('.');
	return [...needed].sort().map((path) => ({ path }));
}

/** A quarter of the program is for debuggers: without it the machine starts faster. Stripped where that is possible. */
function readNode(work: string): Uint8Array {
	const stripped = join(work, 'node');
	const { status } = spawnSync('strip', ['-o', stripped, process.execPath]);
	return readFileSync(status === 0 ? stripped : process.execPath);
}

function findKernelModule(debian: string, name: string): string {
	const [file] = globSync(join(debian, `lib/modules/*/kernel/drivers/hid/${name}.ko*`));
	if (file === undefined) throw new Error(`the kernel has no module ${name}`);
	return file;
}

/** @returns pairs of a path in the machine and a file here */
function filesOf(folder: string, target: string): (readonly [path: string, file: string])[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.map((file) => [join(target, relative(folder, file)), file] as const);
}

/** A package and those it needs, as far as Linux on this processor does. */
function packageFiles(name: string): (readonly [path: string, file: string])[] {
	const folder = join(NODE_MODULES, name);
	const manifest: { dependencies?: Record<string, string> } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8'),
	);
	const own = filesOf(folder, join('app/node_modules', name)).filter(([path]) => isNeeded(path));
	return [
		...own,
		...Object.keys(manifest.dependencies ?? {})
			.filter(isInstalled)
			.flatMap(packageFiles),
	];
}

function isInstalled(name: string): boolean {
	return statSync(join(NODE_MODULES, name), { throwIfNoEntry: false }) !== undefined;
}

function isNeeded(path: string): boolean {
	const isOtherBuild = path.includes('/prebuilds/') && !path.includes(`hidraw-linux-${process.arch}/`);
	return !isOtherBuild && /\.(js|cjs|mjs|json|node)$/.test(path);
}

/** What node and the HID library load, by name; `ldd` finds them on this system or among the packages. */
function libraries(debian: string): (readonly [path: string, file: string])[] {
	const [addon] = globSync(join(NODE_MODULES, `node-hid/prebuilds/HID_hidraw-linux-${process.arch}/*.node`));
	if (addon === undefined) throw new Error('node-hid has no build for hidraw here');
	const env = { ...process.env, LC_ALL: 'C', LD_LIBRARY_PATH: libraryFolders(debian).join(':') };
	const { stdout } = spawnSync('ldd', [process.execPath, addon], { encoding: 'utf8', env });
	const missing = stdout.match(/(\S+) => not found/)?.[1];
	if (missing !== undefined) throw new Error(`the library ${missing} is missing`);
	const loaded = [...stdout.matchAll(/=> (\/\S+)/g)].map(
		([, file = '']) => [join(LIBRARIES, basename(file)), file] as const,
	);
	const loader = stdout.match(/^\s*(\/\S+ld-linux\S+)/m)?.[1];
	if (loader === undefined) throw new Error('node has no loader here');
	return [...loaded, [loader, loader] as const].map(([path, file]) => [path.slice(1), file] as const);
}
