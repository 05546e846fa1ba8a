import { execFile } from 'node:child_process';
import { on } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findOnPath } from '../../../testing/find-on-path.ts';

const [COMPILER] = process.platform === 'linux' ? findOnPath(['cc', 'gcc', 'clang']) : [];

/** Why the simulated library cannot be built on this machine; undefined if it can. */
export const SIMULATION_UNAVAILABLE = COMPILER === undefined ? 'needs Linux and a C compiler: install gcc' : undefined;

/** A shared library in a temporary folder, which the caller removes. */
export interface BuiltLibrary {
	readonly dir: string;
	readonly library: string;
}

/**
 * Builds a C source of this folder as a shared library.
 *
 * @param companion another source, built into the same folder, on which the library depends
 */
export async function buildSimulation(source: string, companion?: string): Promise<BuiltLibrary> {
	const dir = await mkdtemp(join(tmpdir(), 'simulated-zkfinger-'));
	const needs = companion && (await compile(companion, dir));
	return {
		dir,
		library: await compile(source, dir, needs ? ['-Wl,--no-as-needed', '-L', dir, `-l:${basename(needs)}`] : []),
	};
}

async function compile(source: string, dir: string, linked: readonly string[] = []): Promise<string> {
	if (COMPILER === undefined) throw new Error(SIMULATION_UNAVAILABLE);
	const library = join(dir, source.replace(/^(.*)\.c$/, 'lib$1.so'));
	const file = fileURLToPath(new URL(source, import.meta.url));
	const flags = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
	await promisify(execFile)(COMPILER, [...flags, '-o', library, file, ...linked]);
	return library;
}

/** The script of the simulated library, see simulated-zkfinger.c. */
export type SimulationScript = Readonly<Record<string, string | number>>;

/** A simulation of the vendor's library, controlled by a script. */
export class SimulatedZkFinger {
	readonly libraryPath: string;
	private readonly dir: string;
	private script: SimulationScript = {};

	private constructor(dir: string, libraryPath: string) {
		this.dir = dir;
		this.libraryPath = libraryPath;
	}

	/** Builds the library, and sets the environment so that worker processes find the script. */
	static async build(): Promise<SimulatedZkFinger> {
		const { dir, library } = await buildSimulation('simulated-zkfinger.c');
		const simulation = new SimulatedZkFinger(dir, library);
		process.env.ZKFINGER_SIMULATION_SCRIPT = join(dir, 'script');
		process.env.ZKFINGER_SIMULATION_LOG = join(dir, 'log');
		await simulation.restart({});
		return simulation;
	}

	/** Replaces the script and empties the log. */
	async restart(script: SimulationScript): Promise<void> {
		await writeFile(join(this.dir, 'log'), '');
		await this.change(script, Object.keys(this.script));
	}

	/** Changes the script atomically. @param without keys to remove */
	async change(changes: SimulationScript, without: readonly string[] = []): Promise<void> {
		const kept = Object.entries(this.script).filter(([key]) => !without.includes(key));
		this.script = { ...Object.fromEntries(kept), ...changes };
		const lines = Object.entries(this.script).map(([key, value]) => `${key} ${value}\n`);
		await writeFile(join(this.dir, 'next'), lines.join(''));
		await rename(join(this.dir, 'next'), join(this.dir, 'script'));
	}

	/** Writes an image file for `finger.I`. @returns its path */
	async saveImage(name: string, pixels: Uint8Array): Promise<string> {
		const path = join(this.dir, name);
		await writeFile(path, pixels);
		return path;
	}

	/** Returns the entry point and result of each call since the last restart. */
	async calls(): Promise<string[]> {
		return (await readFile(join(this.dir, 'log'), 'utf8')).split('\n').filter((line) => line !== '');
	}

	/** Resolves once an entry point has been called `count` times since the last restart. */
	async whenCalled(entryPoint: string, count: number): Promise<void> {
		const isDone = async () => (await this.calls()).filter((call) => call.startsWith(`${entryPoint} `)).length >= count;
		const watcher = watch(join(this.dir, 'log'));
		// Subscribed before the log is read, so that no change is missed in between.
		const changes = on(watcher, 'change');
		while (!(await isDone())) await changes.next();
		watcher.close();
	}

	async remove(): Promise<void> {
		await rm(this.dir, { recursive: true });
	}
}
