import { fork } from 'node:child_process';
import type { ZkFingerAnswer, ZkFingerCall } from './zkfinger-messages.ts';

/** The process that runs the worker, seen by its owner. */
export interface WorkerProcess {
	send(call: ZkFingerCall): void;
	/** End it at once, also in a native call that hangs. */
	kill(): void;
}

export interface WorkerProcessOptions {
	/** Absolute path of the module it runs. */
	readonly module: string;
	readonly args: readonly string[];
	/** All of its environment. */
	readonly env: NodeJS.ProcessEnv;
	readonly onMessage: (answer: ZkFingerAnswer) => void;
	/** Called once, when it has ended or cannot be started. @param how for a person, such as `has ended with SIGSEGV` */
	readonly onExit: (how: string) => void;
}

/** How a process is started: what Node does, Electron does in another way. */
export type StartWorkerProcess = (options: WorkerProcessOptions) => WorkerProcess;

/** Start a Node like the one that runs this. It hears of the end of its owner by a `disconnect`. */
export const forkWorkerProcess: StartWorkerProcess = ({ module, args, env, onMessage, onExit }) => {
	const child = fork(module, args, {
		serialization: 'advanced',
		// What the vendor's library prints is not for the terminal of the service.
		stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
		execArgv: [],
		env,
	});
	let hasEnded = false;
	const end = (how: string) => {
		if (!hasEnded) onExit(how);
		hasEnded = true;
	};
	child.on('message', onMessage);
	child.on('error', (error) => end(`cannot be started (${error.message})`));
	child.on('exit', (code, signal) => end(`has ended with ${signal ?? code}`));
	return {
		// One that cannot be written to has ended, or is about to: of that its owner hears.
		send: (call) => void child.send(call, () => undefined),
		kill: () => void child.kill('SIGKILL'),
	};
};
