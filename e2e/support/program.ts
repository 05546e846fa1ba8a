import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { withTimeout } from './timeout.ts';

export interface ProgramOptions {
	/** Added to the environment of the tests; `undefined` removes a variable. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly cwd?: string;
	/** Runs as this user and group instead of the current ones (root only). */
	readonly uid?: number;
	/** Opens an IPC channel, which only a Node process can use. */
	readonly hasChannel?: boolean;
}

/** How a program ended: with an exit code, or by a signal. */
export interface Exit {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
}

/** A program that a test runs, with its output so far. Standard input is closed. */
export class Program {
	/** Resolves when the program has ended and its output has been read. */
	readonly exit: Promise<Exit>;
	private readonly child: ChildProcess;
	private readonly name: string;
	private printed = { stdout: '', stderr: '' };
	private hasEnded = false;
	private wake = () => {};

	private constructor(child: ChildProcess, name: string) {
		this.child = child;
		this.name = name;
		for (const stream of ['stdout', 'stderr'] as const) {
			child[stream]?.setEncoding('utf8').on('data', (text: string) => {
				this.printed[stream] += text;
				this.wake();
			});
		}
		this.exit = once(child, 'close')
			.then(([code, signal]) => ({ code, signal }))
			.finally(() => {
				this.hasEnded = true;
				this.wake();
			});
	}

	static start(file: string, args: readonly string[], { env, cwd, uid, hasChannel }: ProgramOptions = {}): Program {
		const child = spawn(file, args, {
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe', ...(hasChannel ? ['ipc' as const] : [])],
			...(cwd !== undefined && { cwd }),
			...(uid !== undefined && { uid, gid: uid }),
		});
		return new Program(child, [file, ...args].join(' '));
	}

	/** Wraps a program that is already running; its output so far is not available. */
	static attach(child: ChildProcess, name: string): Program {
		return new Program(child, name);
	}

	/** Sends a message through the channel. */
	send(message: object): void {
		this.child.send(message);
	}

	/** Calls the listener for every message from the channel. */
	onMessage(listener: (message: unknown) => void): void {
		this.child.on('message', listener);
	}

	/** @throws Error if the program could not be started */
	get pid(): number {
		if (this.child.pid === undefined) throw new Error(`${this.name} could not be started`);
		return this.child.pid;
	}

	get stdout(): string {
		return this.printed.stdout;
	}

	get stderr(): string {
		return this.printed.stderr;
	}

	/** Waits until the output matches `pattern`. @throws Error if the program ends first or takes too long */
	async waitForOutput(pattern: RegExp, stream: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpExecArray> {
		const found = this.find(pattern, stream);
		return withTimeout(found, () => `${pattern} from ${this.describe()}`);
	}

	/** Sends a signal and waits for the exit. @throws Error if the program does not exit and had to be killed */
	async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
		this.child.kill(signal);
		try {
			return await withTimeout(this.exit, () => `the exit of ${this.describe()} after ${signal}`);
		} catch (thrown) {
			this.child.kill('SIGKILL');
			throw thrown;
		}
	}

	private async find(pattern: RegExp, stream: 'stdout' | 'stderr'): Promise<RegExpExecArray> {
		for (;;) {
			const match = pattern.exec(this.printed[stream]);
			if (match !== null) return match;
			if (this.hasEnded) throw new Error(`${this.describe()} ended without printing ${pattern}`);
			await new Promise<void>((resolve) => (this.wake = resolve));
		}
	}

	private describe(): string {
		return `${this.name}\n${this.stdout}\n${this.stderr}`;
	}
}
