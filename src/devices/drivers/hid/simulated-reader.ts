import { setImmediate } from 'node:timers/promises';
import { silentLogger } from '../../../log/silent-logger.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import { FakeClock } from '../../../protocol/fake-clock.ts';
import type { BridgeName } from './bridges/bridges.ts';
import { Ef01Simulator, type Ef01SimulatorOptions } from './ef01-simulator.ts';
import { HidReader } from './hid-reader.ts';
import { SimulatedHidPort } from './simulated-hid-port.ts';

export interface SimulatedReaderOptions extends Omit<Partial<Ef01SimulatorOptions>, 'send' | 'clock'> {
	readonly bridge?: BridgeName;
}

/** A `HidReader` for tests on a simulated device, with everything a test wants to reach. */
export class SimulatedReader {
	readonly clock = new FakeClock();
	readonly module: Ef01Simulator;
	readonly reader: HidReader;
	/** Every port that was opened, the last one last. */
	readonly ports: SimulatedHidPort[] = [];
	/** What the reader reported of itself. */
	readonly failures: ServiceError[] = [];
	private isUnplugged = false;

	constructor({ bridge = 'cp2110', ...options }: SimulatedReaderOptions = {}) {
		this.module = new Ef01Simulator({ ...options, clock: this.clock, send: (bytes) => this.port?.fromModule(bytes) });
		this.reader = new HidReader({
			info: { driver: 'hid', serialNumber: 'A', model: 'Module', firmwareVersion: '1.00', isVirtual: false },
			bridge,
			clock: this.clock,
			logger: silentLogger,
			onFailure: (error) => this.failures.push(error),
			openPort: async () => {
				if (this.isUnplugged) throw new ServiceError('DEVICE_INIT_FAILED', { message: 'No such device' });
				const port = new SimulatedHidPort(bridge, this.module);
				this.ports.push(port);
				return port;
			},
		});
	}

	/** The port that was opened last. */
	get port(): SimulatedHidPort | undefined {
		return this.ports.at(-1);
	}

	unplug(): void {
		this.isUnplugged = true;
		this.module.stop();
		this.port?.unplug();
	}

	/** Let `ms` pass in steps that leave everybody time to act. */
	async pass(ms: number): Promise<void> {
		for (let passed = 0; passed < ms; passed += STEP_MS) {
			await setImmediate();
			this.clock.advance(STEP_MS);
		}
		await setImmediate();
	}

	/** Let time pass until `promise` settles, and hand on how. */
	async until<T>(promise: Promise<T>): Promise<T> {
		let isPending = true;
		const settled = promise.finally(() => {
			isPending = false;
		});
		settled.catch(() => {});
		for (let passed = 0; isPending && passed < 120_000; passed += STEP_MS) await this.pass(STEP_MS);
		if (isPending) throw new Error('still pending after two minutes');
		return settled;
	}
}

const STEP_MS = 50;
