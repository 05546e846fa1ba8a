import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';
import { unpackDebianFiles } from './debian-files.ts';

/**
 * Software emulation only, because hardware virtualisation may be present in a container and still not work. The simplest
 * processor model is the fastest.
 */
const FLAGS = [
	...['-accel', 'tcg,thread=multi', '-cpu', 'qemu64', '-m', '1024', '-smp', '2'],
	...['-nodefaults', '-nographic', '-no-reboot', '-net', 'none', '-serial', 'stdio'],
	...['-append', 'console=ttyS0 panic=-1 quiet'],
];

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/hidraw', import.meta.url));

/** The host's files for running a virtual machine. */
export interface MachineFiles {
	/** Folder of the unpacked Debian packages. */
	readonly debian: string;
	readonly kernel: string;
	readonly qemu: string;
	/** Environment for qemu, with the path of its libraries. */
	readonly env: NodeJS.ProcessEnv;
}

/** Prepares the files. @throws Error with a human-readable reason when no virtual machine can run here */
export function prepareMachine(): MachineFiles {
	if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('this is not Linux on x64');
	if (findOnPath(['apt-get', 'dpkg']).length < 2) throw new Error('apt is not installed');
	const debian = unpackDebianFiles(CACHE);
	const [kernel] = globSync(join(debian, 'boot/vmlinuz-*'));
	if (kernel === undefined) throw new Error('the packages contain no kernel');
	const qemu = join(debian, 'usr/bin/qemu-system-x86_64');
	const env = { ...process.env, LD_LIBRARY_PATH: libraryFolders(debian).join(':') };
	const { status, stderr } = spawnSync(qemu, ['--version'], { env, encoding: 'utf8' });
	if (status !== 0) throw new Error(`qemu does not run here: ${stderr}`);
	return { debian, kernel, qemu, env };
}

/** Returns the library folders of unpacked packages. */
export function libraryFolders(debian: string): string[] {
	return ['lib', 'usr/lib'].map((folder) => join(debian, folder, 'x86_64-linux-gnu'));
}

export interface MachineOptions {
	/** Path of the cpio archive with the file system. */
	readonly initramfs: string;
	/** The machine is killed after this time, ms. */
	readonly timeoutMs: number;
	/** Aborting it kills the machine, or prevents its start. */
	readonly signal: AbortSignal;
	/** Receives each line of the serial console. */
	onLine(line: string): void;
}

/**
 * Runs a machine until it powers off.
 *
 * @returns qemu's own error output; its exit code does not reflect what happened inside the machine
 */
export async function runMachine(machine: MachineFiles, run: MachineOptions): Promise<string> {
	const { debian, kernel, qemu, env } = machine;
	const { initramfs, timeoutMs: limitMs, signal, onLine } = run;
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
