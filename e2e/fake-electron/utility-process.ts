import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ForkOptions, UtilityProcess } from 'electron';

const PARENT_PORT = fileURLToPath(new URL('./parent-port.ts', import.meta.url));

/** A Node process with a `process.parentPort`, which is how Electron's utility processes hear of their owner. */
class StandInProcess extends EventEmitter<{ message: [message: unknown]; exit: [code: number] }> {
	private readonly child;

	constructor(module: string, args: string[] = [], options: ForkOptions = {}) {
		super();
		this.child = fork(module, args, {
			execArgv: ['--import', PARENT_PORT],
			serialization: 'advanced',
			stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
			...(options.env !== undefined && { env: { ...options.env } }),
		});
		this.child.on('message', (message) => this.emit('message', message));
		this.child.on('exit', (code) => this.emit('exit', code ?? 1));
	}

	get pid(): number | undefined {
		return this.child.pid;
	}

	postMessage(message: unknown): void {
		this.child.send(message as object);
	}

	kill(): boolean {
		return this.child.kill();
	}
}

/** What the app uses of Electron's module of the same name; nothing that the process prints is kept. */
export const utilityProcess = {
	fork: (module: string, args?: string[], options?: ForkOptions) => new StandInProcess(module, args, options),
};

/** Held to Electron's own types: each member that is there can be called as Electron's can. */
type Held = Pick<UtilityProcess, 'kill' | 'pid' | 'postMessage'>;
type FitsElectron = StandInProcess extends Held ? true : never;
export const fitsElectron: FitsElectron = true;
