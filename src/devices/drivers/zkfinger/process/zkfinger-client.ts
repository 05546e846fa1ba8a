import { dirname, isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import { forkWorkerProcess, type StartWorkerProcess, type WorkerProcess } from './worker-process.ts';
import {
	fromErrorMessage,
	type ZkFingerAnswer,
	type ZkFingerCall,
	type ZkFingerRequest,
	type ZkFingerResults,
} from './zkfinger-messages.ts';

/** Sends requests to the vendor's library. */
export interface ZkFingerConnection {
	/**
	 * Executes one request, after all earlier ones.
	 *
	 * @throws ServiceError the library's error; DEVICE_TIMEOUT when it hangs, DEVICE_INIT_FAILED when it crashes;
	 *   SERVICE_UNAVAILABLE once closed
	 */
	call<R extends ZkFingerRequest>(request: R): Promise<ZkFingerResults[R['type']]>;
	/** False while no reader can be open, because the worker is not running. */
	readonly isRunning: boolean;
	/** Ends the worker; pending calls reject. Idempotent. */
	close(): Promise<void>;
}

export interface ZkFingerClientOptions {
	/** Setting `zkfinger.libraryPath`; undefined = the system's library. */
	readonly libraryPath: string | undefined;
	readonly clock: Clock;
	/** Called when the worker has crashed or was killed because it hung; no reader is open any more. */
	readonly onLost: (error: ServiceError) => void;
	/** How long one call may take, ms; default 10 000. The USB timeouts of the SDK are 2 000 ms. */
	readonly callTimeoutMs?: number;
	/** Default `forkWorkerProcess`. */
	readonly startProcess?: StartWorkerProcess | undefined;
}

/** How long the library may take to close its readers at the end, ms. */
const CLOSE_TIMEOUT_MS = 2_000;

/** URL of the worker, which is next to this file: a JavaScript file in the bundle, a TypeScript file in the sources. */
const WORKER_URL = new URL(
	import.meta.url.endsWith('.ts') ? './zkfinger-worker.ts' : './zkfinger-worker.js',
	import.meta.url,
);

interface PendingCall {
	resolve(result: unknown): void;
	reject(error: ServiceError): void;
}

/**
 * Calls the vendor's library in a worker process, which the first call starts, as does the first call after a crash.
 *
 * The worker is a process, because a thread that hangs in a native call cannot be ended and would prevent the service from stopping.
 */
export class ZkFingerClient implements ZkFingerConnection {
	private readonly options: ZkFingerClientOptions;
	private worker: WorkerProcess | undefined;
	/** Called when the worker that is being closed has ended. */
	private onEnded = () => {};
	private readonly pending = new Map<number, PendingCall>();
	private lastId = 0;
	private cancelWatchdog = () => {};
	private closed: Promise<void> | undefined;

	constructor(options: ZkFingerClientOptions) {
		this.options = options;
	}

	get isRunning(): boolean {
		return this.worker !== undefined;
	}

	async call<R extends ZkFingerRequest>(request: R): Promise<ZkFingerResults[R['type']]> {
		if (this.closed !== undefined) throw new ServiceError('SERVICE_UNAVAILABLE');
		return this.send(request);
	}

	close(): Promise<void> {
		this.closed ??= this.end();
		return this.closed;
	}

	private async end(): Promise<void> {
		const { worker } = this;
		if (worker === undefined) return;
		this.rejectPending(new ServiceError('SERVICE_UNAVAILABLE'));
		const ended = new Promise<void>((resolve) => {
			this.onEnded = resolve;
		});
		const cancelKill = this.options.clock.after(CLOSE_TIMEOUT_MS, () => worker.kill());
		// The worker ends instead of answering.
		this.send({ type: 'end' }).catch(() => undefined);
		await ended;
		cancelKill();
	}

	private send<R extends ZkFingerRequest>(request: R): Promise<ZkFingerResults[R['type']]> {
		this.worker ??= this.start();
		const call: ZkFingerCall = { id: ++this.lastId, request };
		const answered = new Promise<ZkFingerResults[R['type']]>((resolve, reject) => {
			this.pending.set(call.id, { resolve, reject });
		});
		if (this.pending.size === 1) this.restartWatchdog();
		this.worker.send(call);
		return answered;
	}

	private start(): WorkerProcess {
		const { libraryPath, startProcess = forkWorkerProcess } = this.options;
		const worker = startProcess({
			module: fileURLToPath(WORKER_URL),
			args: libraryPath === undefined ? [] : [libraryPath],
			env: { ...process.env, ...searchPath(libraryPath) },
			onMessage: (answer) => this.onAnswer(answer),
			onExit: (how) => this.onLost(worker, crashed(how)),
		});
		return worker;
	}

	private onAnswer(answer: ZkFingerAnswer): void {
		const call = this.pending.get(answer.id);
		this.pending.delete(answer.id);
		this.restartWatchdog();
		if ('fault' in answer) call?.reject(fromErrorMessage(answer.fault));
		else call?.resolve(answer.result);
	}

	/** The worker executes one call at a time, so the timeout restarts whenever a call has ended. */
	private restartWatchdog(): void {
		const { clock, callTimeoutMs = 10_000 } = this.options;
		const { worker } = this;
		this.cancelWatchdog();
		if (worker === undefined || this.pending.size === 0) return;
		this.cancelWatchdog = clock.after(callTimeoutMs, () => {
			const message = `The ZKFinger library did not answer within ${callTimeoutMs} ms and is being restarted: try again`;
			this.onLost(worker, new ServiceError('DEVICE_TIMEOUT', { message }));
			worker.kill();
		});
	}

	private onLost(worker: WorkerProcess, error: ServiceError): void {
		if (this.worker !== worker) return;
		this.worker = undefined;
		this.cancelWatchdog();
		this.rejectPending(error);
		this.onEnded();
		if (this.closed === undefined) this.options.onLost(error);
	}

	private rejectPending(error: ServiceError): void {
		const calls = [...this.pending.values()];
		this.pending.clear();
		for (const call of calls) call.reject(error);
	}
}

/** Adds the library's folder, which contains its dependencies, to the search path. Windows searches that folder by default. */
function searchPath(libraryPath: string | undefined): NodeJS.ProcessEnv {
	if (process.platform !== 'linux' || libraryPath === undefined || !isAbsolute(libraryPath)) return {};
	const others = process.env.LD_LIBRARY_PATH;
	return { LD_LIBRARY_PATH: [dirname(libraryPath), ...(others ? [others] : [])].join(':') };
}

function crashed(how: string): ServiceError {
	return new ServiceError('DEVICE_INIT_FAILED', { message: `The process of the ZKFinger library ${how}: try again` });
}
