import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { withinPatience } from './deadline.ts';

export interface ProgramOptions {
	/** Added to the environment of the tests; `undefined` takes a variable away. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly cwd?: string;
	/** Run as this user and group instead of the own ones (root only). */
	readonly uid?: number;
	/** Open a channel for messages, which only a Node can use. */
	readonly hasChannel?: boolean;
}

/** How a program ended: with a code, or by a signal. */
export interface Exit {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
}

/** A program that a test runs, with everything it has printed. Standard input is closed. */
export class Program {
	/** Resolves when the program has ended and all it printed was read. */
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

	/** A program that somebody else has started; what it has printed before is lost. */
	static attach(child: ChildProcess, name: string): Program {
		return new Program(child, name);
	}

	/** Send a message through the channel. */
	send(message: object): void {
		this.child.send(message);
	}

	/** Hear every message that comes through the channel. */
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

	/**
	 * What `pattern` matches of what the program prints, as soon as it does.
	 *
	 * @throws Error if the program ends or takes too long
	 */
	async waitForOutput(pattern: RegExp, stream: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpExecArray> {
		const found = this.find(pattern, stream);
		return withinPatience(found, () => `${pattern} from ${this.describe()}`);
	}

	/** Send a signal and wait for the end; one that does not end is killed. @throws Error then */
	async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
		this.child.kill(signal);
		try {
			return await withinPatience(this.exit, () => `the end of ${this.describe()} after ${signal}`);
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
