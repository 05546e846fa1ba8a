import { EventEmitter } from 'node:events';
import type { Logger } from '../log/logger.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { DeviceStatus } from '../protocol/server-messages.ts';
import type { Clock } from '../time/clock.ts';
import { type Device, DeviceHandle, type ReaderLease } from './device-handle.ts';
import type { DeviceIds, ReaderIdentity } from './device-ids.ts';
import { DriverSupervisor } from './driver-supervisor.ts';
import type { Reader, ReaderDriver } from './reader.ts';

export type { Device, ReaderLease } from './device-handle.ts';

export interface DeviceRegistryEvents {
	connected: [device: Device];
	/** A scan on the reader must end. Precedes `disconnected`, so that a scan ends before its reader is gone. */
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

/** How long drivers may take to start or stop, and readers to close, ms; after that the registry continues without them. */
const DRIVER_TIMEOUT_MS = 8_000;

/** Lists the plugged-in readers, keeps them open, and leases each one to one scan at a time. */
export class DeviceRegistry extends EventEmitter<DeviceRegistryEvents> {
	private readonly options: DeviceRegistryOptions;
	private readonly supervisors: readonly DriverSupervisor[];
	private readonly handles = new Map<string, DeviceHandle>();
	private isStarted = false;
	private isSuspended = false;

	constructor(options: DeviceRegistryOptions) {
		super();
		this.options = options;
		this.supervisors = options.drivers.map((driver) => this.supervisorOf(driver));
	}

	/**
	 * Starts the drivers, in the order in which new readers get their ids. A driver that cannot work is logged and retried; the
	 * others work as usual. While the system sleeps, this only makes `resume` start the drivers. Idempotent.
	 */
	async start(): Promise<void> {
		this.isStarted = true;
		await this.startDrivers();
	}

	/** Closes every reader and stops the drivers; idempotent. A reader or driver that fails to do so is logged. */
	async stop(): Promise<void> {
		this.isStarted = false;
		const handles = [...this.handles.values()];
		this.handles.clear();
		await this.stopDrivers(handles.map((handle) => handle.depart()));
		await this.options.ids.flush();
	}

	/** Removes every reader before the system sleeps; none arrives before `resume`. Resolves once all are closed; idempotent. */
	async suspend(): Promise<void> {
		this.isSuspended = true;
		const handles = [...this.handles.values()];
		await this.stopDrivers(handles.map((handle) => this.remove(handle, 'System is going to sleep')));
	}

	/** Reports plugged-in readers again after the system has woken up, if the registry is started. Idempotent. */
	async resume(): Promise<void> {
		this.isSuspended = false;
		await this.startDrivers();
	}

	/** Returns the plugged-in readers, sorted by the number in their id. */
	list(): Device[] {
		return [...this.handles.values()]
			.map(({ device }) => device)
			.sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
	}

	get(deviceId: string): Device | undefined {
		return this.handles.get(deviceId)?.device;
	}

	/** Returns the reader with an id, plugged in or not. */
	identify(deviceId: string): ReaderIdentity | undefined {
		return this.options.ids.find(deviceId);
	}

	/** Leases a reader for one scan. @throws ServiceError DEVICE_NOT_FOUND, DEVICE_BUSY, or why the reader does not work */
	acquire(deviceId: string): ReaderLease {
		const handle = this.handles.get(deviceId);
		if (handle === undefined) throw new ServiceError('DEVICE_NOT_FOUND', { details: { deviceId } });
		return handle.acquire();
	}

	private supervisorOf(driver: ReaderDriver): DriverSupervisor {
		const { clock, logger } = this.options;
		return new DriverSupervisor({
			driver,
			clock,
			logger,
			events: {
				arrived: (reader) => this.onArrived(reader),
				departed: (reader, reason) => this.onDeparted(reader, reason),
				faulted: (reader, error) => this.handleOf(reader)?.fault(error),
			},
			onCrashed: () => this.onCrashed(driver),
		});
	}

	private async startDrivers(): Promise<void> {
		if (!this.isStarted || this.isSuspended) return;
		const started = Promise.all(this.supervisors.map((supervisor) => supervisor.start()));
		await this.withinLimit(started, 'Drivers are still starting');
	}

	private async stopDrivers(readersClosing: readonly Promise<void>[]): Promise<void> {
		const readersClosed = this.waitForClosing(readersClosing);
		const stopped = Promise.all(this.supervisors.map((supervisor) => supervisor.stop(readersClosed)));
		await this.withinLimit(stopped, 'Drivers are still stopping');
	}

	private waitForClosing(readersClosing: readonly Promise<void>[]): Promise<void> {
		return this.withinLimit(Promise.all(readersClosing), 'Readers are still closing');
	}

	/** Resolves once the work is done or has timed out, so that no driver prevents the service from starting or stopping. */
	private withinLimit(work: Promise<unknown>, message: string): Promise<void> {
		return new Promise((resolve) => {
			const cancel = this.options.clock.after(DRIVER_TIMEOUT_MS, () => {
				this.options.logger.error(message, { afterMs: DRIVER_TIMEOUT_MS });
				resolve();
			});
			void work.then(() => {
				cancel();
				resolve();
			});
		});
	}

	private onArrived(reader: Reader): void {
		if (this.handleOf(reader) !== undefined) return;
		const { ids, clock, logger } = this.options;
		const id = ids.idOf(reader.info);
		const previous = this.handles.get(id);
		if (previous !== undefined) this.onDeparted(previous.reader, 'Replaced by a reader with the same serial number');
		const handle = new DeviceHandle({
			id,
			reader,
			clock,
			logger,
			onStatus: (device, previousStatus) => this.emit('status', device, previousStatus),
			onLost: (error) => this.emit('lost', id, error),
		});
		this.handles.set(id, handle);
		logger.info('Reader connected', handle.facts);
		this.emit('connected', handle.device);
		handle.start();
	}

	private onDeparted(reader: Reader, reason: string): void {
		const handle = this.handleOf(reader);
		if (handle !== undefined) void this.remove(handle, reason);
	}

	private async onCrashed(driver: ReaderDriver): Promise<void> {
		const handles = [...this.handles.values()].filter(({ reader }) => reader.info.driver === driver.name);
		await this.waitForClosing(handles.map((handle) => this.remove(handle, 'The driver of the reader has crashed')));
	}

	/** Removes a reader and reports its departure. Resolves once it is closed. */
	private remove(handle: DeviceHandle, reason: string): Promise<void> {
		const { device } = handle;
		this.handles.delete(device.id);
		const closed = handle.depart();
		this.options.logger.warn('Reader disconnected', { ...handle.facts, reason });
		this.emit('lost', device.id, new ServiceError('DEVICE_DISCONNECTED', { details: { deviceId: device.id } }));
		this.emit('disconnected', device, reason);
		return closed;
	}

	private handleOf(reader: Reader): DeviceHandle | undefined {
		return [...this.handles.values()].find((handle) => handle.reader === reader);
	}
}
