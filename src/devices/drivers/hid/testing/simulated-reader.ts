import { silentLogger } from '../../../../log/silent-logger.ts';
import type { ServiceError } from '../../../../protocol/errors.ts';
import { HidReader } from '../hid-reader.ts';
import { SimulatedDevice, type SimulatedDeviceOptions } from './simulated-device.ts';

/** A simulated device with its `HidReader`. */
export class SimulatedReader extends SimulatedDevice {
	readonly reader: HidReader;
	/** Failures that the reader reported. */
	readonly failures: ServiceError[] = [];

	constructor(options: SimulatedDeviceOptions = {}) {
		super(options);
		this.reader = new HidReader({
			info: { driver: 'hid', serialNumber: 'A', model: 'Module', firmwareVersion: '1.00', isVirtual: false },
			bridge: this.bridge,
			clock: this.clock,
			logger: silentLogger,
			onFailure: (error) => this.failures.push(error),
			openPort: () => this.openPort(),
		});
	}
}
