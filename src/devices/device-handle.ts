import type { Logger } from '../log/logger.ts';
import { type ErrorName, ServiceError, toServiceError } from '../protocol/errors.ts';
import type { DeviceStatus } from '../protocol/server-messages.ts';
import type { Clock } from '../time/clock.ts';
import { SerialQueue } from '../time/serial-queue.ts';
import { type DeviceEffect, type DeviceInput, type DeviceState, deviceTransition } from './device-machine.ts';
import type { Reader, ReaderInfo } from './reader.ts';

/** A plugged-in reader as other parts of the service see it. */
export interface Device {
	/** Id such as `device-001`; the same after every replug and restart. */
	readonly id: string;
	readonly info: ReaderInfo;
	readonly status: DeviceStatus;
	/** Why the reader does not work, for the operator; set exactly while `status` is error. */
	readonly error: ServiceError | undefined;
	/** Time when the reader was last acquired, released or touched since it arrived, ms since 1970. */
	readonly lastActivityAt: number | undefined;
}

/** The right to use one reader until `release`, which is idempotent. */
export interface ReaderLease {
	readonly reader: Pick<Reader, 'nextTouch' | 'waitForLift'>;
	release(): void;
}

export interface DeviceHandleOptions {
	readonly id: string;
	readonly reader: Reader;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly onStatus: (device: Device, previousStatus: DeviceStatus) => void;
	/** Called after `onStatus` when the reader has failed; the scan on the reader must end. */
	readonly onLost: (error: ServiceError) => void;
}

/** How long a reader may take to open, ms: enough for a module to power up and for detecting its baud rate and image size. */
const OPEN_TIMEOUT_MS = 20_000;

/** Errors of a call after which the reader must be closed and opened again; after any other error the reader still works. */
const FAULT_ERRORS: ReadonlySet<ErrorName> = new Set(['DEVICE_DISCONNECTED', 'DEVICE_INIT_FAILED', 'DEVICE_TIMEOUT']);

/**
 * One plugged-in reader from arrival to departure: keeps it open, leases it to one scan at a time, never opens
 * and closes it at the same time, and closes it once for each time it was opened.
 */
export class DeviceHandle {
	private readonly options: DeviceHandleOptions;
	private state: DeviceState = { status: 'connected' };
	private lastActivityAt: number | undefined;
	private hasDeparted = false;
	/** Whether an attempt to open the reader has begun, and the reader has not been closed since. */
	private isOpen = false;
	/** Cancels the delay before the next attempt to open, or the timeout of the current one. */
	private cancelTimer: () => void = () => {};
	/** Opens and closes the reader, one command at a time. */
	private readonly commands = new SerialQueue();

	constructor(options: DeviceHandleOptions) {
		this.options = options;
	}

	get reader(): Reader {
		return this.options.reader;
	}

	get device(): Device {
		const { state, lastActivityAt } = this;
		const { id, reader } = this.options;
		const error = state.status === 'error' ? state.error : undefined;
		return { id, info: reader.info, status: state.status, error, lastActivityAt };
	}

	/** The reader's properties for log entries. */
	get facts(): Record<string, unknown> {
		const { model, serialNumber, driver } = this.reader.info;
		return { deviceId: this.options.id, model, serialNumber, driver };
	}

	/** Opens the reader for the first time. */
	start(): void {
		void this.open();
	}

	/** Leases the reader. @throws ServiceError DEVICE_BUSY, or why the reader does not work */
	acquire(): ReaderLease {
		if (this.state.status === 'error') throw this.state.error;
		if (!this.dispatch({ type: 'acquired' })) {
			throw new ServiceError('DEVICE_BUSY', {
				...(this.state.status === 'connected' && { message: 'Device is not ready yet' }),
				details: { deviceId: this.options.id },
			});
		}
		return this.leaseOf(this.state);
	}

	/** Ends the lease, closes the reader, and opens it again after a delay. */
	fault(error: ServiceError): void {
		if (this.dispatch({ type: 'faulted', error, atMonotonic: this.options.clock.monotonic() }))
			this.options.onLost(error);
	}

	/** Closes the reader permanently; its state no longer changes. Resolves once the reader is closed; idempotent. */
	depart(): Promise<void> {
		this.hasDeparted = true;
		return this.close();
	}

	/** Returns a lease. @param held the state while this lease, and no other, is valid */
	private leaseOf(held: DeviceState): ReaderLease {
		const { reader } = this;
		return {
			reader: {
				nextTouch: async (signal) => {
					const image = await this.watch(held, signal, () => reader.nextTouch(signal));
					this.noteActivity();
					return image;
				},
				waitForLift: (signal) => this.watch(held, signal, () => reader.waitForLift(signal)),
			},
			release: () => void (this.state === held && this.dispatch({ type: 'released' })),
		};
	}

	/** Treats a call that fails during a scan as a fault, whether or not the driver reports it as well. */
	private async watch<T>(held: DeviceState, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
		try {
			return await call();
		} catch (thrown) {
			const error = toServiceError(thrown);
			if (this.state === held && !signal.aborted && FAULT_ERRORS.has(error.error)) this.fault(error);
			throw thrown;
		}
	}

	private noteActivity(): void {
		this.lastActivityAt = this.options.clock.now();
	}

	/** Applies an input and runs its effects. @returns whether the input applies to the state */
	private dispatch(input: DeviceInput): boolean {
		if (this.hasDeparted) return false;
		const { state: previous } = this;
		const next = deviceTransition(previous, input);
		if (next === undefined) return false;
		this.state = next.state;
		if (input.type === 'acquired' || input.type === 'released') this.noteActivity();
		this.logNewError(previous, next.state);
		if (next.state.status !== previous.status) this.options.onStatus(this.device, previous.status);
		for (const effect of next.effects) this.run(effect);
		return true;
	}

	/** Logs an error unless it repeats the previous one: opening a reader may be retried for days. */
	private logNewError(previous: DeviceState, next: DeviceState): void {
		if (next.status !== 'error') return;
		if (previous.status === 'error' && previous.error.message === next.error.message) return;
		this.options.logger.error('Reader does not work', { ...this.facts, error: next.error });
	}

	private run(effect: DeviceEffect): void {
		void (effect.type === 'open' ? this.open() : this.reopenAfter(effect.delayMs));
	}

	private async open(): Promise<void> {
		const { state } = this;
		const { clock } = this.options;
		// If the state has changed in the meantime, the code that changed it also closes the reader.
		const conclude = (input: DeviceInput) => void (this.state === state && this.dispatch(input));
		const cancelTimeout = clock.after(OPEN_TIMEOUT_MS, () => conclude({ type: 'open-failed', error: openTimedOut() }));
		this.cancelTimer = cancelTimeout;
		const result = await this.commands.run(() => this.tryOpen());
		cancelTimeout();
		conclude(result);
	}

	private async tryOpen(): Promise<DeviceInput> {
		try {
			if (this.hasDeparted) throw new ServiceError('DEVICE_DISCONNECTED');
			this.isOpen = true;
			await this.reader.open();
			return { type: 'opened', atMonotonic: this.options.clock.monotonic() };
		} catch (thrown) {
			return { type: 'open-failed', error: toServiceError(thrown) };
		}
	}

	private async reopenAfter(delayMs: number): Promise<void> {
		const { state } = this;
		await this.close();
		if (this.state !== state || this.hasDeparted) return;
		this.cancelTimer = this.options.clock.after(delayMs, () => this.dispatch({ type: 'retry-due' }));
	}

	private close(): Promise<void> {
		this.cancelTimer();
		return this.commands.run(async () => {
			if (!this.isOpen) return;
			this.isOpen = false;
			try {
				await this.reader.close();
			} catch (thrown) {
				this.options.logger.warn('Reader did not close cleanly', { ...this.facts, error: thrown });
			}
		});
	}
}

function openTimedOut(): ServiceError {
	return new ServiceError('DEVICE_TIMEOUT', {
		message: `The reader did not open within ${OPEN_TIMEOUT_MS / 1_000} s: unplug it and plug it in again`,
	});
}
