import { EventEmitter } from 'node:events';
import { EXITING, type RunControl, type RunState } from '../operator/run-control.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import type { ServiceStatus } from '../protocol/server-messages.ts';
import type { Clock } from '../time/clock.ts';
import { SerialQueue } from '../time/serial-queue.ts';

/** One run of the service, from a successful start to its stop. */
export interface Run {
	/** As in `ServiceState`. */
	readonly addresses: readonly string[];
	/** Never rejects, and leaves nothing open. */
	stop(): Promise<void>;
}

export interface RunLifecycleOptions {
	/** Starts a run; leaves nothing open when it fails. @throws ServiceError why the service cannot start */
	readonly launch: () => Promise<Run>;
	readonly clock: Clock;
}

/**
 * Owns the run state of the service and starts and stops its runs, one operation at a time.
 *
 *     stopped --start--> starting --launched--> running --stop--> stopping --> stopped
 *                           |
 *                           +--launch failed--> failed --start--> starting
 *                                                  |
 *                                                  +--stop--> stopped
 */
export class RunLifecycle extends EventEmitter<{ changed: [] }> implements RunControl {
	private readonly options: RunLifecycleOptions;
	private readonly operations = new SerialQueue();
	private current: RunState = { phase: 'stopped' };
	private run: Run | undefined;
	private isClosed = false;

	constructor(options: RunLifecycleOptions) {
		super();
		this.options = options;
	}

	get state(): RunState {
		return this.current;
	}

	/** The state as clients receive it: to them a failed start is a stopped service. */
	get status(): ServiceStatus {
		return this.current.phase === 'failed' ? 'stopped' : this.current.phase;
	}

	/** Waits for a pending stop, then starts the service unless it is running. @throws ServiceError why it cannot start */
	start(): Promise<void> {
		return this.operations.run(() => this.startNow());
	}

	/** Waits for a pending start, then stops the service if it is running and clears a failure. Idempotent. */
	stop(): Promise<void> {
		return this.operations.run(() => this.stopNow());
	}

	/** Stops permanently: later starts, and those that are still waiting, fail with SERVICE_UNAVAILABLE. Idempotent. */
	close(): Promise<void> {
		this.isClosed = true;
		return this.stop();
	}

	/** Stops and starts with no other operation in between. @throws ServiceError as `start` does */
	restart(): Promise<void> {
		return this.operations.run(async () => {
			await this.stopNow();
			await this.startNow();
		});
	}

	private async startNow(): Promise<void> {
		if (this.run !== undefined) return;
		if (this.isClosed) {
			const message = 'The program is exiting: start it again';
			throw new ServiceError('SERVICE_UNAVAILABLE', { message, details: { reason: EXITING } });
		}
		this.enter({ phase: 'starting' });
		try {
			this.run = await this.options.launch();
		} catch (thrown) {
			const error = toServiceError(thrown);
			this.enter({ phase: 'failed', error });
			throw error;
		}
		this.enter({ phase: 'running', since: this.options.clock.now(), addresses: this.run.addresses });
	}

	private async stopNow(): Promise<void> {
		if (this.run !== undefined) {
			this.enter({ phase: 'stopping' });
			await this.run.stop();
			this.run = undefined;
		}
		if (this.current.phase !== 'stopped') this.enter({ phase: 'stopped' });
	}

	private enter(state: RunState): void {
		this.current = state;
		this.emit('changed');
	}
}
