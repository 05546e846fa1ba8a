import { EventEmitter } from 'node:events';
import type { Logger } from '../log/logger.ts';
import type { Clock } from '../protocol/clock.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import type { DeviceStatus } from '../protocol/server-messages.ts';
import type { DeviceIds, ReaderIdentity } from './device-ids.ts';
import { type DeviceEffect, type DeviceInput, type DeviceState, deviceTransition } from './device-machine.ts';
import type { Reader, ReaderDriver, ReaderInfo } from './reader.ts';

/** A plugged-in reader as the rest of the service sees it. */
export interface Device {
	/** `device-001` and so on; the same after every replug and restart. */
	readonly id: string;
	readonly info: ReaderInfo;
	readonly status: DeviceStatus;
}

/** The right to use one reader until `release`, which is idempotent. */
export interface ReaderLease {
	readonly reader: Reader;
	release(): void;
}

export interface DeviceRegistryEvents {
	connected: [device: Device];
	/** For whoever uses the reader; on departure heard before `disconnected`, so that a scan ends before its reader is gone. */
	lost: [deviceId: string, error: ServiceError];
	disconnected: [device: Device, reason: string];
	status: [device: Device, previousStatus: DeviceStatus];
}

export interface DeviceRegistryOptions {
	readonly drivers: readonly ReaderDriver[];
	readonly ids: DeviceIds;
	readonly clock: Clock;
	readonly logger: Logger;
}

interface PluggedIn {
	readonly id: string;
	readonly reader: Reader;
	state: DeviceState;
	cancelRetry: () => void;
	/** Settles with the last command given to the reader, which takes one at a time. */
	commands: Promise<void>;
}

/** Knows which readers are plugged in, keeps them open, and lends each to one scan at a time. */
export class DeviceRegistry extends EventEmitter<DeviceRegistryEvents> {
	private readonly options: DeviceRegistryOptions;
	private readonly pluggedIn = new Map<string, PluggedIn>();

	constructor(options: DeviceRegistryOptions) {
		super();
		this.options = options;
	}

	/** Start the drivers; one that cannot work here is logged and left out, the others go on. */
	async start(): Promise<void> {
		for (const driver of this.options.drivers) {
			try {
				await driver.start({
					arrived: (reader) => this.onArrived(reader),
					departed: (reader, reason) => this.onDeparted(reader, reason),
					faulted: (reader, error) => this.onFaulted(reader, error),
				});
			} catch (thrown) {
				this.options.logger.error('Driver could not start', { driver: driver.name, error: thrown });
			}
		}
	}

	/** Stop the drivers, close every reader; idempotent. What does not stop or close is logged, the others do all the same. */
	async stop(): Promise<void> {
		await Promise.all(this.options.drivers.map((driver) => this.stopDriver(driver)));
		const entries = [...this.pluggedIn.values()];
		this.pluggedIn.clear();
		await Promise.all(entries.map((entry) => this.close(entry)));
		await this.options.ids.flush();
	}

	/** All readers that are plugged in, in the order of their ids. */
	list(): Device[] {
		return [...this.pluggedIn.values()].map(toDevice).sort((a, b) => a.id.localeCompare(b.id));
	}

	get(deviceId: string): Device | undefined {
		const entry = this.pluggedIn.get(deviceId);
		return entry && toDevice(entry);
	}

	/** The reader behind an id, plugged in or not. */
	identify(deviceId: string): ReaderIdentity | undefined {
		return this.options.ids.find(deviceId);
	}

	/** Take a reader for one scan. @throws ServiceError DEVICE_NOT_FOUND, DEVICE_BUSY, or why the reader is out of order */
	acquire(deviceId: string): ReaderLease {
		const entry = this.pluggedIn.get(deviceId);
		if (entry === undefined) throw new ServiceError('DEVICE_NOT_FOUND', { details: { deviceId } });
		if (entry.state.status === 'error') throw entry.state.error;
		if (!this.dispatch(entry, { type: 'acquired' })) {
			throw new ServiceError('DEVICE_BUSY', {
				...(entry.state.status === 'connected' && { message: 'Device is not ready yet' }),
				details: { deviceId },
			});
		}
		return { reader: entry.reader, release: () => void this.dispatch(entry, { type: 'released' }) };
	}

	private async stopDriver(driver: ReaderDriver): Promise<void> {
		try {
			await driver.stop();
		} catch (thrown) {
			this.options.logger.warn('Driver did not stop cleanly', { driver: driver.name, error: thrown });
		}
	}

	private onArrived(reader: Reader): void {
		const id = this.options.ids.idOf(reader.info);
		const ghost = this.pluggedIn.get(id);
		if (ghost !== undefined) this.onDeparted(ghost.reader, 'Replaced by a reader with the same serial number');
		const entry: PluggedIn = {
			id,
			reader,
			state: { status: 'connected' },
			cancelRetry: () => {},
			commands: Promise.resolve(),
		};
		this.pluggedIn.set(id, entry);
		this.options.logger.info('Reader connected', logFacts(entry));
		this.emit('connected', toDevice(entry));
		void this.open(entry);
	}

	private onDeparted(reader: Reader, reason: string): void {
		const entry = this.entryOf(reader);
		if (entry === undefined) return;
		this.pluggedIn.delete(entry.id);
		this.options.logger.warn('Reader disconnected', { ...logFacts(entry), reason });
		this.emit('lost', entry.id, new ServiceError('DEVICE_DISCONNECTED', { details: { deviceId: entry.id } }));
		this.emit('disconnected', toDevice(entry), reason);
		void this.close(entry);
	}

	private onFaulted(reader: Reader, error: ServiceError): void {
		const entry = this.entryOf(reader);
		if (entry === undefined) return;
		if (this.dispatch(entry, { type: 'faulted', error })) this.emit('lost', entry.id, error);
	}

	private entryOf(reader: Reader): PluggedIn | undefined {
		return [...this.pluggedIn.values()].find((entry) => entry.reader === reader);
	}

	/** Whether nothing has changed since the reader was in `state`, and it is still there. */
	private isStill(entry: PluggedIn, state: DeviceState): boolean {
		return this.pluggedIn.get(entry.id) === entry && entry.state === state;
	}

	/** @returns whether the input applied */
	private dispatch(entry: PluggedIn, input: DeviceInput): boolean {
		if (this.pluggedIn.get(entry.id) !== entry) return false;
		const next = deviceTransition(entry.state, input);
		if (next === undefined) return false;
		const previous = entry.state.status;
		entry.state = next.state;
		if (next.state.status === 'error' && input.type !== 'retry-due') {
			this.options.logger.error('Reader is out of order', { ...logFacts(entry), error: next.state.error });
		}
		if (next.state.status !== previous) this.emit('status', toDevice(entry), previous);
		for (const effect of next.effects) this.run(entry, effect);
		return true;
	}

	private run(entry: PluggedIn, effect: DeviceEffect): void {
		void (effect.type === 'open' ? this.open(entry) : this.reopenAfter(entry, effect.delayMs));
	}

	private async open(entry: PluggedIn): Promise<void> {
		const { state } = entry;
		const result = await this.command(entry, async (): Promise<DeviceInput> => {
			try {
				await entry.reader.open();
				return { type: 'opened' };
			} catch (thrown) {
				return { type: 'open-failed', error: toServiceError(thrown) };
			}
		});
		// Whoever changed the state meanwhile has also asked for the reader to be closed.
		if (this.isStill(entry, state)) this.dispatch(entry, result);
	}

	private async reopenAfter(entry: PluggedIn, delayMs: number): Promise<void> {
		const { state } = entry;
		await this.close(entry);
		if (!this.isStill(entry, state)) return;
		entry.cancelRetry = this.options.clock.after(delayMs, () => this.dispatch(entry, { type: 'retry-due' }));
	}

	private close(entry: PluggedIn): Promise<void> {
		entry.cancelRetry();
		return this.command(entry, async () => {
			try {
				await entry.reader.close();
			} catch (thrown) {
				this.options.logger.warn('Reader did not close cleanly', { ...logFacts(entry), error: thrown });
			}
		});
	}

	/** Give the reader a command once it is done with all earlier ones. */
	private command<T>(entry: PluggedIn, run: () => Promise<T>): Promise<T> {
		const result = entry.commands.then(run);
		entry.commands = result.then(() => {});
		return result;
	}
}

function toDevice(entry: PluggedIn): Device {
	return { id: entry.id, info: entry.reader.info, status: entry.state.status };
}

function logFacts(entry: PluggedIn): Record<string, unknown> {
	const { model, serialNumber, driver } = entry.reader.info;
	return { deviceId: entry.id, model, serialNumber, driver };
}
