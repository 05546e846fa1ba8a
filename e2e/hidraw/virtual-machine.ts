import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';
import { unpackDebianFiles } from './debian-files.ts';

/**
 * Emulated by software throughout: hardware support may be there and still not work in a container. The plainest processor
 * is the fastest.
 */
const FLAGS = [
	...['-accel', 'tcg,thread=multi', '-cpu', 'qemu64', '-m', '1024', '-smp', '2'],
	...['-nodefaults', '-nographic', '-no-reboot', '-net', 'none', '-serial', 'stdio'],
	...['-append', 'console=ttyS0 panic=-1 quiet'],
];

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/hidraw', import.meta.url));

/** What it takes to run a machine here. */
export interface MachineParts {
	/** Unpacked packages of Debian. */
	readonly debian: string;
	readonly kernel: string;
	readonly qemu: string;
	/** For qemu and its libraries. */
	readonly env: NodeJS.ProcessEnv;
}

/** @throws Error why no machine can run here, for a person */
export function prepareMachine(): MachineParts {
	if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('this is not Linux on x64');
	if (findOnPath(['apt-get', 'dpkg']).length < 2) throw new Error('there is no apt here');
	const debian = unpackDebianFiles(CACHE);
	const [kernel] = globSync(join(debian, 'boot/vmlinuz-*'));
	if (kernel === undefined) throw new Error('the packages hold no kernel');
	const qemu = join(debian, 'usr/bin/qemu-system-x86_64');
	const env = { ...process.env, LD_LIBRARY_PATH: libraryFolders(debian).join(':') };
	const { status, stderr } = spawnSync(qemu, ['--version'], { env, encoding: 'utf8' });
	if (status !== 0) throw new Error(`qemu does not run here: ${stderr}`);
	return { debian, kernel, qemu, env };
}

/** Where unpacked packages have their libraries. */
export function libraryFolders(debian: string): string[] {
	return ['lib', 'usr/lib'].map((folder) => join(debian, folder, 'x86_64-linux-gnu'));
}

export interface MachineRun {
	/** A cpio archive with the file system. */
	readonly initramfs: string;
	/** After so long the machine is switched off, ms. */
	readonly limitMs: number;
	/** Aborting it switches the machine off, or keeps it from being switched on. */
	readonly signal: AbortSignal;
	/** Gets each line of its serial console. */
	onLine(line: string): void;
}

/**
 * Run a machine until it switches itself off.
 *
 * @returns what qemu itself had to say; its exit code says nothing of the machine
 */
export async function runMachine(machine: MachineParts, run: MachineRun): Promise<string> {
	const { debian, kernel, qemu, env } = machine;
	const { initramfs, limitMs, signal, onLine } = run;
	signal.throwIfAborted();
	const firmware = ['qemu', 'seabios'].flatMap((name) => ['-L', join(debian, 'usr/share', name)]);
	const child = spawn(qemu, [...firmware, ...FLAGS, '-kernel', kernel, '-initrd', initramfs], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env,
		timeout: limitMs,
		killSignal: 'SIGKILL',
	});
	signal.addEventListener('abort', () => child.kill('SIGKILL'));
	let complaint = '';
	child.stderr.on('data', (text) => {
		complaint += text;
	});
	createInterface(child.stdout).on('line', onLine);
	await once(child, 'close');
	return complaint.trim();
}
