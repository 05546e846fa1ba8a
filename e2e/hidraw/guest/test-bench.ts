import { EventEmitter, once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { WorkerEngine } from '../../../src/biometrics/worker-engine.ts';
import { DeviceIds } from '../../../src/devices/device-ids.ts';
import { type Device, DeviceRegistry } from '../../../src/devices/device-registry.ts';
import type { ListHidDevices } from '../../../src/devices/drivers/hid/discovery/hid-device.ts';
import { listHidDevices } from '../../../src/devices/drivers/hid/discovery/list-hid-devices.ts';
import { HidDriver } from '../../../src/devices/drivers/hid/hid-driver.ts';
import type { DeviceStatus } from '../../../src/protocol/server-messages.ts';
import { ScanService } from '../../../src/scans/scan-service.ts';
import { systemClock } from '../../../src/time/clock.ts';
import type { Emulator } from './emulator.ts';
import type { ReaderKind } from './emulator-commands.ts';
import type { GuestLog } from './guest-log.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { RunningScan } from './running-scan.ts';

const DATA_DIR = '/tmp/fingerprint-service';
const OWNER = { connectionId: 'bench', keyId: undefined };

/** Where a picture is in the virtual machine. */
export function picturePath(name: string): string {
	return `/pictures/${name}.pgm`;
}

/** One thing that the registry told. */
export interface Happening {
	readonly what: DeviceStatus | 'arrived' | 'departed';
	readonly deviceId: string;
	/** `monotonicMs` */
	readonly at: number;
}

/** The parts of the service that a reader needs, as the service puts them together, and a hand on the reader. */
export class TestBench {
	readonly emulator: Emulator;
	readonly registry: DeviceRegistry;
	/** An emulated worker starts slowly, and one that ended by itself would pass for a handle given back. */
	readonly engine = new WorkerEngine({ timeLimitMs: 120_000, idleTimeoutMs: 600_000 });
	readonly log: GuestLog;
	/** Everything the registry told since the last `plug`. */
	happenings: Happening[] = [];
	/** How often HID devices have been listed. */
	lists = 0;
	private readonly scans: ScanService;
	private readonly changes = new EventEmitter<{ change: [] }>();

	/** @param emulator stays its owner's to close */
	static async create(emulator: Emulator, log: GuestLog): Promise<TestBench> {
		await mkdir(DATA_DIR, { recursive: true });
		return new TestBench(emulator, await DeviceIds.open({ dataDir: DATA_DIR, logger: log }), log);
	}

	private constructor(emulator: Emulator, ids: DeviceIds, log: GuestLog) {
		const clock = systemClock;
		const logger = log;
		this.emulator = emulator;
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
		this.registry.on('connected', ({ id }) => this.note('arrived', id));
		this.registry.on('disconnected', ({ id }) => this.note('departed', id));
		this.registry.on('status', ({ id, status }) => this.note(status, id));
	}

	async close(): Promise<void> {
		await this.registry.stop();
		await this.engine.close();
	}

	/** Plug a reader in. @returns when that was, `monotonicMs` */
	plug(kind: ReaderKind = 'zfm', serialNumber = 'A1'): Promise<number> {
		this.happenings = [];
		return this.emulator.order({ do: 'plug', kind, serialNumber });
	}

	/** Pull its plug and wait until the service has noticed. */
	async unplug(): Promise<void> {
		await this.emulator.order({ do: 'unplug' });
		while (this.registry.list().length > 0) await this.nextChange();
	}

	/** Plug a reader in and wait until it can scan. */
	async plugAndWait(kind?: ReaderKind, serialNumber?: string): Promise<Device> {
		await this.plug(kind, serialNumber);
		const { deviceId } = await this.waitFor('idle');
		const device = this.registry.get(deviceId);
		if (device === undefined) throw new Error('the reader has gone again');
		return device;
	}

	/** The first time that this happened since the last plug, now or later. */
	async waitFor(what: Happening['what']): Promise<Happening> {
		for (;;) {
			const happening = this.happenings.find((each) => each.what === what);
			if (happening !== undefined) return happening;
			await this.nextChange();
		}
	}

	/** @param touches how many make the template */
	scan(deviceId: string, touches = 1): RunningScan {
		const running = new RunningScan();
		const observer = { onEvent: running.onEvent, onPicture: () => {} };
		const options = { timeout: 60_000, qualityThreshold: 50, scansRequired: touches };
		this.scans.start({ deviceId, options, observer }, OWNER);
		return running;
	}

	async putDown(picture: string): Promise<number> {
		return this.emulator.order({ do: 'put-down', picture: picturePath(picture) });
	}

	/** Resolves once the service has looked at the bare sensor. */
	async lift(): Promise<void> {
		await this.emulator.order({ do: 'lift' });
	}

	private listDevices(): ReturnType<ListHidDevices> {
		this.lists++;
		return listHidDevices();
	}

	private note(what: Happening['what'], deviceId: string): void {
		this.happenings.push({ what, deviceId, at: monotonicMs() });
		this.changes.emit('change');
	}

	private async nextChange(): Promise<void> {
		await once(this.changes, 'change');
	}
}
