import { EventEmitter, once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { WorkerEngine } from '../../../src/biometrics/worker-engine.ts';
import { DeviceIds } from '../../../src/devices/device-ids.ts';
import { type Device, DeviceRegistry } from '../../../src/devices/device-registry.ts';
import type { ListHidDevices } from '../../../src/devices/drivers/hid/discovery/hid-device.ts';
import { listHidDevices } from '../../../src/devices/drivers/hid/discovery/list-hid-devices.ts';
import { HidDriver } from '../../../src/devices/drivers/hid/hid-driver.ts';
import { DEFAULT_SCAN_OPTIONS } from '../../../src/protocol/client-messages.ts';
import type { DeviceStatus } from '../../../src/protocol/server-messages.ts';
import { ScanService } from '../../../src/scans/scan-service.ts';
import { systemClock } from '../../../src/time/clock.ts';
import type { GuestLog } from './guest-log.ts';
import { monotonicMs } from './measurements.ts';
import { ObservedScan } from './observed-scan.ts';
import type { SimulatorClient } from './simulator-client.ts';
import type { ReaderKind } from './simulator-commands.ts';

const DATA_DIR = '/tmp/fingerprint-service';
const OWNER = { connectionId: 'hidraw', keyId: undefined };

/** Returns the path of an image in the virtual machine. */
export function imagePath(name: string): string {
	return `/images/${name}.pgm`;
}

/** One event of the registry. */
export interface RegistryEvent {
	readonly type: DeviceStatus | 'arrived' | 'departed';
	readonly deviceId: string;
	/** `monotonicMs` */
	readonly at: number;
}

/** The service's components that a reader needs, wired as in the service, together with a simulated reader. */
export class ReaderTestHarness {
	readonly simulator: SimulatorClient;
	readonly registry: DeviceRegistry;
	/** Workers start slowly on an emulated CPU. An idle worker must not exit, which would look like a released handle. */
	readonly engine = new WorkerEngine({ taskTimeoutMs: 120_000, idleTimeoutMs: 600_000 });
	readonly log: GuestLog;
	/** Events of the registry since the last `plug`. */
	events: RegistryEvent[] = [];
	/** How often HID devices have been listed. */
	lists = 0;
	private readonly scans: ScanService;
	private readonly changes = new EventEmitter<{ change: [] }>();

	/** @param simulator the caller closes it */
	static async create(simulator: SimulatorClient, log: GuestLog): Promise<ReaderTestHarness> {
		await mkdir(DATA_DIR, { recursive: true });
		return new ReaderTestHarness(simulator, await DeviceIds.open({ dataDir: DATA_DIR, logger: log }), log);
	}

	private constructor(simulator: SimulatorClient, ids: DeviceIds, log: GuestLog) {
		const clock = systemClock;
		const logger = log;
		this.simulator = simulator;
		this.log = log;
		const drivers = [new HidDriver({ clock, logger, readers: [], listDevices: () => this.listDevices() })];
		this.registry = new DeviceRegistry({ drivers, ids, clock, logger });
		this.scans = new ScanService({
			registry: this.registry,
			engine: this.engine,
			clock,
			logger,
			scansPerMinute: 1_000,
		});
		this.registry.on('connected', ({ id }) => this.addEvent('arrived', id));
		this.registry.on('disconnected', ({ id }) => this.addEvent('departed', id));
		this.registry.on('status', ({ id, status }) => this.addEvent(status, id));
	}

	async close(): Promise<void> {
		await this.registry.stop();
		await this.engine.close();
	}

	/** Plugs a reader in. @returns when that was, `monotonicMs` */
	plug(kind: ReaderKind = 'zfm', serialNumber = 'A1'): Promise<number> {
		this.events = [];
		return this.simulator.execute({ do: 'plug', kind, serialNumber });
	}

	/** Unplugs the reader and waits until the registry no longer lists it. */
	async unplug(): Promise<void> {
		await this.simulator.execute({ do: 'unplug' });
		while (this.registry.list().length > 0) await this.nextChange();
	}

	/** Plugs a reader in and waits until it can scan. */
	async plugAndWait(kind?: ReaderKind, serialNumber?: string): Promise<Device> {
		await this.plug(kind, serialNumber);
		const { deviceId } = await this.waitFor('idle');
		const device = this.registry.get(deviceId);
		if (device === undefined) throw new Error('the reader is no longer connected');
		return device;
	}

	/** Returns the first event of this type since the last `plug`; waits for it if necessary. */
	async waitFor(type: RegistryEvent['type']): Promise<RegistryEvent> {
		for (;;) {
			const event = this.events.find((each) => each.type === type);
			if (event !== undefined) return event;
			await this.nextChange();
		}
	}

	/** Starts a scan. @param touches number of touches for the template */
	scan(deviceId: string, touches = 1): ObservedScan {
		const scan = new ObservedScan();
		const observer = { onEvent: scan.onEvent, onImage: () => {} };
		const options = { ...DEFAULT_SCAN_OPTIONS, timeout: 60_000, scansRequired: touches };
		this.scans.start({ deviceId, options, observer }, OWNER);
		return scan;
	}

	async placeFinger(image: string): Promise<number> {
		return this.simulator.execute({ do: 'place-finger', image: imagePath(image) });
	}

	/** Resolves once the service has captured without a finger. */
	async liftFinger(): Promise<void> {
		await this.simulator.execute({ do: 'lift-finger' });
	}

	private listDevices(): ReturnType<ListHidDevices> {
		this.lists++;
		return listHidDevices();
	}

	private addEvent(type: RegistryEvent['type'], deviceId: string): void {
		this.events.push({ type, deviceId, at: monotonicMs() });
		this.changes.emit('change');
	}

	private async nextChange(): Promise<void> {
		await once(this.changes, 'change');
	}
}
