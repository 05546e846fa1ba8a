import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UNBUNDLED } from './bundle-guest.ts';
import type { ArchiveEntry } from './cpio-archive.ts';
import { libraryFolders } from './virtual-machine.ts';

const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** In the order in which they must be loaded. */
const KERNEL_MODULES = ['hid', 'hid-generic', 'uhid'];

/** Output goes to the serial console; whatever becomes of the program, the machine switches itself off. */
const INIT = `#!/bin/busybox sh
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox chmod 1777 /tmp
${KERNEL_MODULES.map((name) => `/bin/busybox insmod /modules/${name}.ko*`).join('\n')}
LD_LIBRARY_PATH=/lib /bin/node --expose-gc /app/main.js
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
		['bin/busybox', readFileSync(findFile(debian, 'bin/busybox'))],
		['bin/node', readNode(work)],
		['app/host-work-ms', Buffer.from(String(workMs))],
		['app/package.json', Buffer.from('{"type":"module"}')],
	]);
	for (const [name, data] of pictures) files.set(`pictures/${name}`, data);
	for (const name of KERNEL_MODULES) {
		const file = findFile(debian, `lib/modules/*/kernel/drivers/hid/${name}.ko*`);
		files.set(`modules/${basename(file)}`, readFileSync(file));
	}
	for (const [path, file] of [...filesOf(program, 'app'), ...UNBUNDLED.flatMap(packageFiles), ...libraries(debian)]) {
		files.set(path, readFileSync(file));
	}
	return [...folders([...files.keys()]), ...[...files].map(([path, data]) => ({ path, data }))];
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

/** Later versions of Debian keep in usr/ what earlier ones have at the root. */
function findFile(debian: string, pattern: string): string {
	const [file] = globSync([join(debian, pattern), join(debian, 'usr', pattern)]);
	if (file === undefined) throw new Error(`no package has ${pattern}`);
	return file;
}

/** @returns pairs of a path in the machine and a file here */
function filesOf(folder: string, target: string): (readonly [path: string, file: string])[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.map((file) => [join(target, relative(folder, file)), file] as const);
}

/** A package and those it needs; of its builds the one for this system. */
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

/** What node and the HID library load, by name; `ldd` finds them on this system or among the packages. */
function libraries(debian: string): (readonly [path: string, file: string])[] {
	const [addon] = globSync(join(NODE_MODULES, `node-hid/prebuilds/HID_hidraw-linux-${process.arch}/*.node`));
	if (addon === undefined) throw new Error('node-hid has no build for hidraw here');
	const env = { ...process.env, LC_ALL: 'C', LD_LIBRARY_PATH: libraryFolders(debian).join(':') };
	const { stdout } = spawnSync('ldd', [process.execPath, addon], { encoding: 'utf8', env });
	const missing = stdout.match(/(\S+) => not found/)?.[1];
	if (missing !== undefined) throw new Error(`the library ${missing} is missing`);
	const loaded = [...stdout.matchAll(/=> (\/\S+)/g)].map(([, file = '']) => [`lib/${basename(file)}`, file] as const);
	const loader = stdout.match(/^\s*(\/\S+ld-linux\S+)/m)?.[1];
	if (loader === undefined) throw new Error('node has no loader here');
	return [...loaded, [loader.slice(1), loader]];
}
