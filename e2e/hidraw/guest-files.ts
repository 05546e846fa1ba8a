import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UNBUNDLED } from './bundle-guest.ts';
import type { ArchiveEntry } from './cpio-archive.ts';
import { libraryFolders } from './virtual-machine.ts';

const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** In load order. */
const KERNEL_MODULES = ['hid', 'hid-generic', 'uhid'];

/** Output goes to the serial console. The machine powers off when the program ends, also after a failure. */
const INIT = `#!/bin/busybox sh
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox chmod 1777 /tmp
${KERNEL_MODULES.map((name) => `/bin/busybox insmod /modules/${name}.ko*`).join('\n')}
LD_LIBRARY_PATH=/lib /bin/node --expose-gc /app/main.js
/bin/busybox poweroff -f
`;

export interface GuestContents {
	/** Unpacked Debian packages. */
	readonly debian: string;
	/** Folder for temporary files. */
	readonly work: string;
	/** Folder with the bundled program. */
	readonly program: string;
	/** PGM files by name. */
	readonly images: ReadonlyMap<string, Uint8Array>;
	/** Result of `measureWorkMs` on the host, ms. */
	readonly workMs: number;
}

/** Collects all files of the virtual machine's file system. @throws Error that names a missing file or library */
export function collectGuestFiles({ debian, work, program, images, workMs }: GuestContents): ArchiveEntry[] {
	const files = new Map<string, Uint8Array>([
		['init', Buffer.from(INIT)],
		['bin/busybox', readFileSync(findFile(debian, 'bin/busybox'))],
		['bin/node', readNode(work)],
		['app/host-work-ms', Buffer.from(String(workMs))],
		['app/package.json', Buffer.from('{"type":"module"}')],
	]);
	for (const [name, data] of images) files.set(`images/${name}`, data);
	for (const name of KERNEL_MODULES) {
		const file = findFile(debian, `lib/modules/*/kernel/drivers/hid/${name}.ko*`);
		files.set(`modules/${basename(file)}`, readFileSync(file));
	}
	for (const [path, file] of [...filesOf(program, 'app'), ...UNBUNDLED.flatMap(packageFiles), ...libraries(debian)]) {
		files.set(path, readFileSync(file));
	}
	return [...folders([...files.keys()]), ...[...files].map(([path, data]) => ({ path, data }))];
}

/** Returns all parent folders of the paths and the mount points, parents first. */
function folders(paths: readonly string[]): ArchiveEntry[] {
	const needed = new Set(['dev', 'proc', 'sys', 'tmp']);
	for (const path of paths) {
		const parts = dirname(path).split('/');
		for (let depth = 1; depth <= parts.length; depth++) needed.add(parts.slice(0, depth).join('/'));
	}
	needed.delete('.');
	return [...needed].sort().map((path) => ({ path }));
}

/** Returns Node without its debug symbols (a quarter of the file) where `strip` is available: the machine starts faster. */
function readNode(work: string): Uint8Array {
	const stripped = join(work, 'node');
	const { status } = spawnSync('strip', ['-o', stripped, process.execPath]);
	return readFileSync(status === 0 ? stripped : process.execPath);
}

/** Finds a file below the root or below usr/, depending on the version of Debian. */
function findFile(debian: string, pattern: string): string {
	const [file] = globSync([join(debian, pattern), join(debian, 'usr', pattern)]);
	if (file === undefined) throw new Error(`no package has ${pattern}`);
	return file;
}

/** Returns pairs of a path in the virtual machine and a file on the host. */
function filesOf(folder: string, target: string): (readonly [path: string, file: string])[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.map((file) => [join(target, relative(folder, file)), file] as const);
}

/** Returns the files of a package and its dependencies, with native builds for this system only. */
function packageFiles(name: string): (readonly [path: string, file: string])[] {
	const folder = join(NODE_MODULES, name);
	const manifest: { dependencies?: Record<string, string> } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8'),
	);
	const own = filesOf(folder, join('app/node_modules', name)).filter(([path]) => isNeeded(path));
	return [...own, ...Object.keys(manifest.dependencies ?? {}).flatMap(packageFiles)];
}

function isNeeded(path: string): boolean {
	const isOtherBuild = path.includes('/prebuilds/') && !path.includes(`hidraw-linux-${process.arch}/`);
	return !isOtherBuild && /\.(js|cjs|mjs|json|node)$/.test(path);
}

/** Returns the shared libraries of Node and node-hid. `ldd` finds them on the host or in the unpacked packages. */
function libraries(debian: string): (readonly [path: string, file: string])[] {
	const [addon] = globSync(join(NODE_MODULES, `node-hid/prebuilds/HID_hidraw-linux-${process.arch}/*.node`));
	if (addon === undefined) throw new Error('node-hid has no hidraw build for this system');
	const env = { ...process.env, LC_ALL: 'C', LD_LIBRARY_PATH: libraryFolders(debian).join(':') };
	const { stdout } = spawnSync('ldd', [process.execPath, addon], { encoding: 'utf8', env });
	const missing = stdout.match(/(\S+) => not found/)?.[1];
	if (missing !== undefined) throw new Error(`the library ${missing} is missing`);
	const loaded = [...stdout.matchAll(/=> (\/\S+)/g)].map(([, file = '']) => [`lib/${basename(file)}`, file] as const);
	const loader = stdout.match(/^\s*(\/\S+ld-linux\S+)/m)?.[1];
	if (loader === undefined) throw new Error('ldd reports no dynamic loader for node');
	return [...loaded, [loader.slice(1), loader]];
}
