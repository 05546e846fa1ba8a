import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ForkOptions, UtilityProcess } from 'electron';

const PARENT_PORT = fileURLToPath(new URL('./parent-port.ts', import.meta.url));

/** A Node process with `process.parentPort`, through which a utility process receives messages. */
class FakeUtilityProcess extends EventEmitter<{ message: [message: unknown]; exit: [code: number] }> {
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

/** Electron's `utilityProcess`. The output of the process is discarded. */
export const fakeUtilityProcess = {
	fork: (module: string, args?: string[], options?: ForkOptions) => new FakeUtilityProcess(module, args, options),
};

/** Checks at compile time that the implemented members can be called like Electron's. */
type ImplementedUtilityProcess = Pick<UtilityProcess, 'kill' | 'pid' | 'postMessage'>;
type IsCompatible = FakeUtilityProcess extends ImplementedUtilityProcess ? true : never;
export const isCompatible: IsCompatible = true;
