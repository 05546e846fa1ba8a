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

/** Step of `advance`, ms; shorter than every wait of the driver. */
const STEP_INTERVAL_MS = 50;
/** Timeout of `waitFor`, ms: the longest timeout of a scan. */
const WAIT_TIMEOUT_MS = 120_000;

/** Simulates a plugged-in module behind a bridge; its clock is shared with the driver under test. */
export class SimulatedDevice {
	readonly bridge: BridgeName;
	readonly clock = new FakeClock();
	readonly module: SimulatedEf01;
	/** All opened ports, in order. */
	readonly ports: SimulatedHidPort[] = [];
	private isUnplugged = false;

	constructor({ bridge = 'cp2110', ...options }: SimulatedDeviceOptions = {}) {
		this.bridge = bridge;
		this.module = new SimulatedEf01({ ...options, clock: this.clock, send: (bytes) => this.port?.fromModule(bytes) });
	}

	/** The last opened port. */
	get port(): SimulatedHidPort | undefined {
		return this.ports.at(-1);
	}

	/** Implements `OpenHidPort`. */
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

	/** Advances the clock in steps and lets pending callbacks run after each. */
	async advance(ms: number): Promise<void> {
		for (let passed = 0; passed < ms; passed += STEP_INTERVAL_MS) {
			await setImmediate();
			this.clock.advance(STEP_INTERVAL_MS);
		}
		await setImmediate();
	}

	/** Advances the clock until `promise` settles, and settles like it. @throws Error after two minutes */
	async waitFor<T>(promise: Promise<T>): Promise<T> {
		let isPending = true;
		const settled = promise.finally(() => {
			isPending = false;
		});
		// The caller receives the rejection from the return value below.
		settled.catch(() => {});
		for (let passed = 0; isPending && passed < WAIT_TIMEOUT_MS; passed += STEP_INTERVAL_MS)
			await this.advance(STEP_INTERVAL_MS);
		if (isPending) throw new Error('still pending after two minutes');
		return settled;
	}
}
