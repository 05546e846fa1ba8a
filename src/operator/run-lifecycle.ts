import { EventEmitter } from 'node:events';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import type { Clock } from '../time/clock.ts';
import type { ServiceState } from './contract.ts';
import { toProblem } from './views.ts';

/** One run of the service, from a start that succeeded to its stop. */
export interface Run {
	/** As in `ServiceState`. */
	readonly addresses: readonly string[];
	/** Never rejects, and leaves nothing open. */
	stop(): Promise<void>;
}

export interface LifecycleOptions {
	/** Start everything; after a failure nothing is left open. @throws ServiceError why it cannot start */
	readonly launch: () => Promise<Run>;
	readonly clock: Clock;
}

/**
 * The service as something that can be started and stopped again and again, one thing at a time.
 *
 *     stopped --start--> starting --launched--> running --stop--> stopping --> stopped
 *                           |
 *                           +--launch failed--> failed --start--> starting
 *                                                  |
 *                                                  +--stop--> stopped
 */
export class Lifecycle extends EventEmitter<{ changed: [state: ServiceState] }> {
	private readonly options: LifecycleOptions;
	private current: ServiceState = { phase: 'stopped' };
	private run: Run | undefined;
	private turn: Promise<unknown> = Promise.resolve();
	private isClosed = false;

	constructor(options: LifecycleOptions) {
		super();
		this.options = options;
	}

	get state(): ServiceState {
		return this.current;
	}

	/** Start unless it runs already; waits for a stop under way. @throws ServiceError why it cannot start; the state then is `failed` */
	start(): Promise<void> {
		return this.inTurn(() => this.startNow());
	}

	/** Stop if it runs, and forget a failure; waits for a start under way. Idempotent. */
	stop(): Promise<void> {
		return this.inTurn(() => this.stopNow());
	}

	/** Stop for good: nothing starts any more, not even what was asked before and has not had its turn. Idempotent. */
	close(): Promise<void> {
		this.isClosed = true;
		return this.stop();
	}

	/** Both, with nothing in between. @throws ServiceError as for `start` */
	restart(): Promise<void> {
		return this.inTurn(async () => {
			await this.stopNow();
			await this.startNow();
		});
	}

	private async startNow(): Promise<void> {
		if (this.run !== undefined) return;
		if (this.isClosed) throw new ServiceError('SERVICE_UNAVAILABLE', { message: 'The program ends' });
		this.enter({ phase: 'starting' });
		try {
			this.run = await this.options.launch();
		} catch (thrown) {
			const error = toServiceError(thrown);
			this.enter({ phase: 'failed', problem: toProblem(error) });
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

	private enter(state: ServiceState): void {
		this.current = state;
		this.emit('changed', state);
	}

	private inTurn(work: () => Promise<void>): Promise<void> {
		const done = this.turn.then(work);
		this.turn = done.catch(() => {});
		return done;
	}
}
