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

/** How long drivers may take to start or stop, and readers to close, ms; then nobody waits for them any longer. */
const DRIVER_TIMEOUT_MS = 8_000;

/** Knows which readers are plugged in, keeps them open, and lends each to one scan at a time. */
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
	 * Start the drivers, the first one's readers get the first ids; one that cannot work is logged and tried again, the others
	 * go on. While the system sleeps it waits for `resume`. Idempotent.
	 */
	async start(): Promise<void> {
		this.isStarted = true;
		await this.startDrivers();
	}

	/** Close every reader, stop the drivers; idempotent. What does not close or stop is logged, the others do all the same. */
	async stop(): Promise<void> {
		this.isStarted = false;
		const links = [...this.handles.values()];
		this.handles.clear();
		await this.stopDrivers(links.map((link) => link.leave()));
		await this.options.ids.flush();
	}

	/** The system goes to sleep: every reader departs, and none arrives before `resume`. Resolves once all are closed; idempotent. */
	async suspend(): Promise<void> {
		this.isSuspended = true;
		const links = [...this.handles.values()];
		await this.stopDrivers(links.map((link) => this.remove(link, 'System is going to sleep')));
	}

	/** The system is awake: whatever is plugged in arrives anew, if the registry is started. Idempotent. */
	async resume(): Promise<void> {
		this.isSuspended = false;
		await this.startDrivers();
	}

	/** All readers that are plugged in, in the order of their ids. */
	list(): Device[] {
		return [...this.handles.values()]
			.map(({ device }) => device)
			.sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
	}

	get(deviceId: string): Device | undefined {
		return this.handles.get(deviceId)?.device;
	}

	/** The reader behind an id, plugged in or not. */
	identify(deviceId: string): ReaderIdentity | undefined {
		return this.options.ids.find(deviceId);
	}

	/** Take a reader for one scan. @throws ServiceError DEVICE_NOT_FOUND, DEVICE_BUSY, or why the reader is out of order */
	acquire(deviceId: string): ReaderLease {
		const link = this.handles.get(deviceId);
		if (link === undefined) throw new ServiceError('DEVICE_NOT_FOUND', { details: { deviceId } });
		return link.acquire();
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

	/** Resolves with the work, or without it once it has taken too long: no driver may keep the service from starting or stopping. */
	private withinLimit(work: Promise<unknown>, complaint: string): Promise<void> {
		return new Promise((resolve) => {
			const cancel = this.options.clock.after(DRIVER_TIMEOUT_MS, () => {
				this.options.logger.error(complaint, { afterMs: DRIVER_TIMEOUT_MS });
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
		const ghost = this.handles.get(id);
		if (ghost !== undefined) this.onDeparted(ghost.reader, 'Replaced by a reader with the same serial number');
		const link = new DeviceHandle({
			id,
			reader,
			clock,
			logger,
			onStatus: (device, previousStatus) => this.emit('status', device, previousStatus),
			onLost: (error) => this.emit('lost', id, error),
		});
		this.handles.set(id, link);
		logger.info('Reader connected', link.facts);
		this.emit('connected', link.device);
		link.start();
	}

	private onDeparted(reader: Reader, reason: string): void {
		const link = this.handleOf(reader);
		if (link !== undefined) void this.remove(link, reason);
	}

	private async onCrashed(driver: ReaderDriver): Promise<void> {
		const links = [...this.handles.values()].filter(({ reader }) => reader.info.driver === driver.name);
		await this.waitForClosing(links.map((link) => this.remove(link, 'The driver of the reader has crashed')));
	}

	/** Forget a reader and tell of it. @returns once it is closed */
	private remove(link: DeviceHandle, reason: string): Promise<void> {
		const { device } = link;
		this.handles.delete(device.id);
		const closed = link.leave();
		this.options.logger.warn('Reader disconnected', { ...link.facts, reason });
		this.emit('lost', device.id, new ServiceError('DEVICE_DISCONNECTED', { details: { deviceId: device.id } }));
		this.emit('disconnected', device, reason);
		return closed;
	}

	private handleOf(reader: Reader): DeviceHandle | undefined {
		return [...this.handles.values()].find((link) => link.reader === reader);
	}
}
