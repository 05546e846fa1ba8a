import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceIds } from '../../src/devices/device-ids.ts';
import { DeviceRegistry } from '../../src/devices/device-registry.ts';
import type { HidDevice } from '../../src/devices/drivers/hid/discovery/hid-device.ts';
import { watchHidrawIn } from '../../src/devices/drivers/hid/discovery/watch-hidraw.ts';
import { HidDriver } from '../../src/devices/drivers/hid/hid-driver.ts';
import { SimulatedEf01 } from '../../src/devices/drivers/hid/testing/simulated-ef01.ts';
import { SimulatedHidPort } from '../../src/devices/drivers/hid/testing/simulated-hid-port.ts';
import { silentLogger as logger } from '../../src/log/silent-logger.ts';
import { DEFAULT_SCAN_OPTIONS } from '../../src/protocol/client-messages.ts';
import type { FingerprintEngine } from '../../src/scans/fingerprint-engine.ts';
import { type ScanInfo, ScanService } from '../../src/scans/scan-service.ts';
import { systemClock as clock } from '../../src/time/clock.ts';

const CP2110: Omit<HidDevice, 'path'> = {
	vendorId: 0x10c4,
	productId: 0xea80,
	usagePage: 0xff00,
	interface: 0,
	serialNumber: 'A',
};

/** No scan completes an image, so the engine is never called. */
const UNUSED_ENGINE: FingerprintEngine = {
	prepare: () => {},
	extract: refuse,
	enrol: refuse,
	verify: refuse,
	encodePng: refuse,
};

/** The service's driver, registry and scans with a simulated module behind a CP2110, whose device node is a file in a folder. */
export class HotplugSetup {
	readonly registry: DeviceRegistry;
	readonly scans: ScanService;
	readonly module: SimulatedEf01;
	/** Number of opened ports, and of those that were not closed exactly once before the next one was opened or the setup stopped. */
	readonly ports = { opened: 0, leaked: 0 };
	private port: SimulatedHidPort | undefined;
	private readonly dir: string;
	private node: string | undefined;
	private plugs = 0;

	/** @param isPaced whether the module takes the time of a real serial line */
	static async create({ isPaced }: { readonly isPaced: boolean }): Promise<HotplugSetup> {
		const dir = await mkdtemp(join(tmpdir(), 'hotplug-'));
		mkdirSync(join(dir, 'dev'));
		const setup = new HotplugSetup(dir, await DeviceIds.open({ dataDir: dir, logger }), isPaced);
		await setup.registry.start();
		return setup;
	}

	private constructor(dir: string, ids: DeviceIds, isPaced: boolean) {
		this.dir = dir;
		this.module = new SimulatedEf01({ clock, isPaced, send: (bytes) => this.port?.fromModule(bytes) });
		this.module.placeFinger({ width: 256, height: 288, dpi: 500, data: new Uint8Array(256 * 288) });
		const driver = new HidDriver({
			clock,
			logger,
			readers: [],
			platform: 'linux',
			watch: watchHidrawIn(this.folder),
			listDevices: async () => readdirSync(this.folder).map((name) => ({ ...CP2110, path: join(this.folder, name) })),
			openPort: async () => this.open(),
		});
		this.registry = new DeviceRegistry({ drivers: [driver], ids, clock, logger });
		this.scans = new ScanService({
			registry: this.registry,
			engine: UNUSED_ENGINE,
			clock,
			logger,
			scansPerMinute: 1_000,
		});
	}

	/** Creates the device node, with a new name each time. */
	plug(): void {
		this.node = join(this.folder, `hidraw${this.plugs++}`);
		writeFileSync(this.node, '');
	}

	/** Ends the open handle and removes the device node, like a real system. */
	unplug(): void {
		this.module.stop();
		this.module.commands.length = 0;
		this.port?.unplug();
		if (this.node !== undefined) rmSync(this.node);
	}

	/** Starts a scan; the finger already rests on the reader. */
	scan(): ScanInfo {
		const options = { ...DEFAULT_SCAN_OPTIONS, qualityThreshold: 0 };
		return this.scans.start({ deviceId: 'device-001', options }, { connectionId: 'benchmark', keyId: undefined });
	}

	async stop(): Promise<void> {
		await this.registry.stop();
		this.countLeak();
		this.module.stop();
		await rm(this.dir, { recursive: true });
	}

	private get folder(): string {
		return join(this.dir, 'dev');
	}

	private open(): SimulatedHidPort {
		this.countLeak();
		this.ports.opened++;
		this.port = new SimulatedHidPort('cp2110', this.module);
		return this.port;
	}

	private countLeak(): void {
		if (this.port !== undefined && this.port.closeCalls !== 1) this.ports.leaked++;
	}
}

async function refuse(): Promise<never> {
	throw new Error('The benchmark has no engine');
}
