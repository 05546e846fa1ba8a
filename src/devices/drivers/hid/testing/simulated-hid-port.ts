import type { BridgeName } from '../transport/bridges/bridges.ts';
import { FakeHidPort } from './fake-hid-port.ts';
import { SimulatedBridge } from './simulated-bridge.ts';
import type { SimulatedEf01 } from './simulated-ef01.ts';

/** A port with a simulated bridge and a simulated module. */
export class SimulatedHidPort extends FakeHidPort {
	readonly bridge: SimulatedBridge;

	constructor(bridgeName: BridgeName, module: SimulatedEf01) {
		super();
		this.bridge = new SimulatedBridge(bridgeName);
		this.onSendFeature = (report) => this.bridge.onFeature(report);
		this.onWrite = (report) => {
			const bytes = this.bridge.toLine(report);
			// As on a real device, the module answers only after the write is done.
			queueMicrotask(() => module.receive(bytes, this.bridge.baud));
		};
	}

	/** Delivers bytes that the module sends. */
	fromModule(bytes: Uint8Array): void {
		for (const report of this.bridge.fromLine(bytes)) this.receive(report);
	}
}
