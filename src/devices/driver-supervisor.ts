import type { Logger } from '../log/logger.ts';
import { type ServiceError, toServiceError } from '../protocol/errors.ts';
import type { Clock } from '../time/clock.ts';
import { FAILURE_COUNT_RESET_MS, retryDelayMs } from '../time/retry-delay.ts';
import { SerialQueue } from '../time/serial-queue.ts';
import type { ReaderDriver, ReaderDriverEvents } from './reader.ts';

export interface DriverSupervisorOptions {
	readonly driver: ReaderDriver;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Receives what the driver reports while it is started, and nothing later. */
	readonly events: Omit<ReaderDriverEvents, 'crashed'>;
	/** Called when the driver cannot continue, to close its readers. The driver is stopped once it settles. Never rejects. */
	readonly onCrashed: () => Promise<void>;
}

/** One run of the driver, from start to stop. */
interface DriverRun {
	isOver: boolean;
	/** Monotonic, ms. */
	startedMonotonic: number;
}

/** Keeps one driver running: if it cannot start or crashes, it is stopped and started again after a delay. */
export class DriverSupervisor {
	private readonly options: DriverSupervisorOptions;
	private run: DriverRun | undefined;
	private failures = 0;
	private lastLoggedFailure: string | undefined;
	private cancelRetry: () => void = () => {};
	/** Runs the starts and stops of the driver one at a time. */
	private readonly steps = new SerialQueue();

	constructor(options: DriverSupervisorOptions) {
		this.options = options;
	}

	/** Resolves after the first attempt, successful or not; idempotent. */
	start(): Promise<void> {
		if (this.run !== undefined) return this.steps.idle();
		this.failures = 0;
		this.lastLoggedFailure = undefined;
		return this.begin();
	}

	/** Ends the driver's reports immediately, and stops it once its readers are closed. Idempotent. */
	stop(readersClosed: Promise<unknown>): Promise<void> {
		if (this.run === undefined) return this.steps.idle();
		this.run.isOver = true;
		this.run = undefined;
		this.cancelRetry();
		return this.endAfter(readersClosed);
	}

	private begin(): Promise<void> {
		const run: DriverRun = { isOver: false, startedMonotonic: 0 };
		this.run = run;
		return this.steps.run(async () => {
			if (run.isOver) return;
			run.startedMonotonic = this.options.clock.monotonic();
			try {
				await this.options.driver.start(this.eventsOf(run));
			} catch (thrown) {
				this.fail(run, 'Driver could not start', toServiceError(thrown));
			}
		});
	}

	private eventsOf(run: DriverRun): ReaderDriverEvents {
		const { arrived, departed, faulted } = this.options.events;
		return {
			arrived: (reader) => void (run.isOver || arrived(reader)),
			departed: (reader, reason) => void (run.isOver || departed(reader, reason)),
			faulted: (reader, error) => void (run.isOver || faulted(reader, error)),
			crashed: (error) => this.fail(run, 'Driver has crashed', error),
		};
	}

	private fail(run: DriverRun, what: string, error: ServiceError): void {
		if (run.isOver) return;
		run.isOver = true;
		const hasWorkedLong = this.options.clock.monotonic() - run.startedMonotonic >= FAILURE_COUNT_RESET_MS;
		this.failures = hasWorkedLong ? 1 : this.failures + 1;
		this.logNewFailure(what, error);
		void this.retryAfter(run, this.endAfter(this.options.onCrashed()));
	}

	private async retryAfter(run: DriverRun, stopped: Promise<void>): Promise<void> {
		await stopped;
		if (this.run !== run) return;
		this.cancelRetry = this.options.clock.after(retryDelayMs(this.failures), () => void this.begin());
	}

	/** Logs a failure unless it repeats the previous one: a driver may be retried for days. */
	private logNewFailure(what: string, error: ServiceError): void {
		const failure = `${what}: ${error.message}`;
		if (failure === this.lastLoggedFailure) return;
		this.lastLoggedFailure = failure;
		this.options.logger.error(what, { driver: this.options.driver.name, error });
	}

	private endAfter(readersClosed: Promise<unknown>): Promise<void> {
		return this.steps.run(async () => {
			await readersClosed;
			try {
				await this.options.driver.stop();
			} catch (thrown) {
				this.options.logger.warn('Driver did not stop cleanly', { driver: this.options.driver.name, error: thrown });
			}
		});
	}
}
