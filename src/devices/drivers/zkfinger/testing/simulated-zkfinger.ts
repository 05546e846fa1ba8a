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

/** Why no C double can be built on this machine; undefined where one can. */
export const NO_DOUBLE = COMPILER === undefined ? 'needs Linux and a C compiler: install gcc' : undefined;

/** A shared library, in a temporary folder that is its caller's to remove. */
export interface BuiltLibrary {
	readonly dir: string;
	readonly library: string;
}

/**
 * Build a C source of this folder.
 *
 * @param companion another one, built into the same folder, without which the library cannot be loaded
 */
export async function buildDouble(source: string, companion?: string): Promise<BuiltLibrary> {
	const dir = await mkdtemp(join(tmpdir(), 'simulated-zkfinger-'));
	const needs = companion && (await compile(companion, dir));
	return {
		dir,
		library: await compile(source, dir, needs ? ['-Wl,--no-as-needed', '-L', dir, `-l:${basename(needs)}`] : []),
	};
}

async function compile(source: string, dir: string, linked: readonly string[] = []): Promise<string> {
	if (COMPILER === undefined) throw new Error(NO_DOUBLE);
	const library = join(dir, source.replace(/^(.*)\.c$/, 'lib$1.so'));
	const file = fileURLToPath(new URL(source, import.meta.url));
	const flags = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
	await promisify(execFile)(COMPILER, [...flags, '-o', library, file, ...linked]);
	return library;
}

/** What the script of the double says, see simulated-zkfinger.c. */
export type DoubleScript = Readonly<Record<string, string | number>>;

/** The double of the vendor's library and its script. */
export class ZkFingerDouble {
	readonly libraryPath: string;
	private readonly dir: string;
	private script: DoubleScript = {};

	private constructor(dir: string, libraryPath: string) {
		this.dir = dir;
		this.libraryPath = libraryPath;
	}

	/** Build it, and prepare this process so that the workers it starts find the script. */
	static async build(): Promise<ZkFingerDouble> {
		const { dir, library } = await buildDouble('simulated-zkfinger.c');
		const double = new ZkFingerDouble(dir, library);
		process.env.ZKFINGER_DOUBLE_SCRIPT = join(dir, 'script');
		process.env.ZKFINGER_DOUBLE_LOG = join(dir, 'log');
		await double.restart({});
		return double;
	}

	/** A new script, and an empty log. */
	async restart(script: DoubleScript): Promise<void> {
		await writeFile(join(this.dir, 'log'), '');
		await this.act(script, Object.keys(this.script));
	}

	/** Change the script, as a whole for whoever reads it. @param without keys to leave out from now on */
	async act(changes: DoubleScript, without: readonly string[] = []): Promise<void> {
		const kept = Object.entries(this.script).filter(([key]) => !without.includes(key));
		this.script = { ...Object.fromEntries(kept), ...changes };
		const lines = Object.entries(this.script).map(([key, value]) => `${key} ${value}\n`);
		await writeFile(join(this.dir, 'next'), lines.join(''));
		await rename(join(this.dir, 'next'), join(this.dir, 'script'));
	}

	/** A picture file for `finger.I`. @returns its path */
	async draw(name: string, pixels: Uint8Array): Promise<string> {
		const path = join(this.dir, name);
		await writeFile(path, pixels);
		return path;
	}

	/** Entry point and result of each call since the last restart. */
	async calls(): Promise<string[]> {
		return (await readFile(join(this.dir, 'log'), 'utf8')).split('\n').filter((line) => line !== '');
	}

	/** Resolves once an entry point has been called so often since the last restart. */
	async whenCalled(entryPoint: string, count: number): Promise<void> {
		const isDone = async () => (await this.calls()).filter((call) => call.startsWith(`${entryPoint} `)).length >= count;
		const watcher = watch(join(this.dir, 'log'));
		// Listens from now on, so that nothing is missed between a look at the log and the wait for its next change.
		const changes = on(watcher, 'change');
		while (!(await isDone())) await changes.next();
		watcher.close();
	}

	async remove(): Promise<void> {
		await rm(this.dir, { recursive: true });
	}
}
