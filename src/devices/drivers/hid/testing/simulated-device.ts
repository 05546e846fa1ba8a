import { setImmediate } from 'node:timers/promises';
import { ServiceError } from '../../../../protocol/errors.ts';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import type { BridgeName } from '../transport/bridges/bridges.ts';
import type { HidPort } from '../transport/hid-port.ts';
import { SimulatedEf01, type SimulatedEf01Options } from './simulated-ef01.ts';
import { SimulatedHidPort } from './simulated-hid-port.ts';

export interface SimulatedDeviceOptions extends Omit<SimulatedEf01Options, 'send' | 'clock'> {
	/** Default `cp2110`. */
	readonly bridge?: BridgeName;
}

/** How long a step of `pass` is, ms: shorter than every wait of the driver. */
const STEP_INTERVAL_MS = 50;
/** When `until` gives up, ms: the longest time-out of a scan. */
const WAIT_TIMEOUT_MS = 120_000;

/** A plugged-in module behind a bridge, for tests, and the clock that it and whoever talks with it go by. */
export class SimulatedDevice {
	readonly bridge: BridgeName;
	readonly clock = new FakeClock();
	readonly module: SimulatedEf01;
	/** Every port that was opened, in order. */
	readonly ports: SimulatedHidPort[] = [];
	private isUnplugged = false;

	constructor({ bridge = 'cp2110', ...options }: SimulatedDeviceOptions = {}) {
		this.bridge = bridge;
		this.module = new SimulatedEf01({ ...options, clock: this.clock, send: (bytes) => this.port?.fromModule(bytes) });
	}

	/** The port that was opened last. */
	get port(): SimulatedHidPort | undefined {
		return this.ports.at(-1);
	}

	/** As `OpenHidPort`. */
	async openPort(): Promise<HidPort> {
		if (this.isUnplugged) throw new ServiceError('DEVICE_INIT_FAILED', { message: 'No such device' });
		const port = new SimulatedHidPort(this.bridge, this.module);
		this.ports.push(port);
		return port;
	}

	unplug(): void {
		this.isUnplugged = true;
		this.module.stop();
		this.port?.unplug();
	}

	/** Let `ms` pass in steps that leave everybody time to act. */
	async advance(ms: number): Promise<void> {
		for (let passed = 0; passed < ms; passed += STEP_INTERVAL_MS) {
			await setImmediate();
			this.clock.advance(STEP_INTERVAL_MS);
		}
		await setImmediate();
	}

	/** Let time pass until `promise` settles, and hand on how. @throws Error after two minutes */
	async waitFor<T>(promise: Promise<T>): Promise<T> {
		let isPending = true;
		const settled = promise.finally(() => {
			isPending = false;
		});
		// Whoever called gets the rejection below.
		settled.catch(() => {});
		for (let passed = 0; isPending && passed < WAIT_TIMEOUT_MS; passed += STEP_INTERVAL_MS)
			await this.advance(STEP_INTERVAL_MS);
		if (isPending) throw new Error('still pending after two minutes');
		return settled;
	}
}
