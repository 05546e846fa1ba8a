import type { ServiceError } from '../../../protocol/errors.ts';
import type { Bridge } from './bridges/bridge.ts';
import type { HidPort } from './hid-port.ts';

/** A serial line as a HID-UART bridge offers it over one opened port, which it owns from then on. */
export class SerialLine {
	/** As `HidPort.closed`. */
	readonly closed: Promise<ServiceError>;
	/** Whether its speed can be set; else it is whatever the bridge was given from its other side. */
	readonly canSetBaud: boolean;
	private readonly port: HidPort;
	private readonly bridge: Bridge;
	private closing: Promise<void> | undefined;

	constructor(port: HidPort, bridge: Bridge) {
		this.port = port;
		this.bridge = bridge;
		this.closed = port.closed;
		this.canSetBaud = bridge.settings !== undefined;
	}

	/** Switch it on; does nothing where settings cannot be set. @throws ServiceError as `HidPort.sendFeatureReport` */
	async open(baud: number): Promise<void> {
		await this.configure(this.bridge.settings?.open(baud));
	}

	/** Change its speed; does nothing where settings cannot be set. @throws ServiceError as `HidPort.sendFeatureReport` */
	async setBaud(baud: number): Promise<void> {
		await this.configure(this.bridge.settings?.setBaud(baud));
	}

	/** Hand bytes to `listener` as they come in, torn and merged as it happens; it takes the place of an earlier one. */
	onBytes(listener: (bytes: Uint8Array) => void): void {
		this.port.onReport((report) => {
			const bytes = this.bridge.fromReport(report);
			if (bytes.length > 0) listener(bytes);
		});
	}

	/** @throws ServiceError as `HidPort.write` */
	async write(bytes: Uint8Array): Promise<void> {
		for (const report of this.bridge.toReports(bytes)) await this.port.write(report);
	}

	/** Switch it off, as far as the bridge still listens, and close the port; idempotent, never rejects. */
	close(): Promise<void> {
		this.closing ??= this.configure(this.bridge.settings?.close())
			// A bridge that is gone or refuses has nothing left to switch off.
			.catch(() => {})
			.then(() => this.port.close());
		return this.closing;
	}

	private async configure(reports: readonly Uint8Array[] = []): Promise<void> {
		for (const report of reports) await this.port.sendFeatureReport(report);
	}
}
