import { fork } from 'node:child_process';
import type { ZkFingerAnswer, ZkFingerCall } from './zkfinger-messages.ts';

/** The process that runs the worker, as its parent sees it. */
export interface WorkerProcess {
	send(call: ZkFingerCall): void;
	/** Ends the process immediately, even while a native call hangs. */
	kill(): void;
}

export interface WorkerProcessOptions {
	/** Absolute path of the module to run. */
	readonly module: string;
	readonly args: readonly string[];
	/** The complete environment of the process. */
	readonly env: NodeJS.ProcessEnv;
	readonly onMessage: (answer: ZkFingerAnswer) => void;
	/** Called once, when the process has ended or cannot be started. @param how human-readable, such as `has ended with SIGSEGV` */
	readonly onExit: (how: string) => void;
}

/** Starts a worker process. Node and Electron do it differently. */
export type StartWorkerProcess = (options: WorkerProcessOptions) => WorkerProcess;

/** Starts the worker with the current Node executable. The worker receives `disconnect` when its parent ends. */
export const forkWorkerProcess: StartWorkerProcess = ({ module, args, env, onMessage, onExit }) => {
	const child = fork(module, args, {
		serialization: 'advanced',
		// The output of the vendor's library must not appear on the terminal of the service.
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
		// If sending fails, the process has ended or is ending, which `onExit` reports.
		send: (call) => void child.send(call, () => undefined),
		kill: () => void child.kill('SIGKILL'),
	};
};
