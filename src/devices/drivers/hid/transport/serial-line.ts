import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { Bridge } from './bridges/bridge.ts';
import type { HidPort } from './hid-port.ts';

/** Timeout for sending one settings report, or for closing a port, ms; 1 is normal. */
const SYSTEM_TIMEOUT_MS = 2_000;

/** The serial line of a HID-UART bridge. It takes ownership of an open port. */
export class SerialLine {
	/** Resolves as `HidPort.closed` does. */
	readonly closed: Promise<ServiceError>;
	/** Whether the baud rate can be set; otherwise the bridge was configured from its serial side. */
	readonly canSetBaud: boolean;
	private readonly port: HidPort;
	private readonly bridge: Bridge;
	private readonly clock: Clock;
	private closing: Promise<void> | undefined;

	constructor(port: HidPort, bridge: Bridge, clock: Clock) {
		this.port = port;
		this.bridge = bridge;
		this.clock = clock;
		this.closed = port.closed;
		this.canSetBaud = bridge.settings !== undefined;
	}

	/** Switches the line on, if the bridge supports settings. @throws ServiceError as `HidPort.sendFeatureReport`; DEVICE_TIMEOUT */
	async open(baud: number): Promise<void> {
		await this.sendSettings(this.bridge.settings?.open(baud));
	}

	/** Changes the baud rate, if the bridge supports settings. @throws ServiceError as `HidPort.sendFeatureReport`; DEVICE_TIMEOUT */
	async setBaud(baud: number): Promise<void> {
		await this.sendSettings(this.bridge.settings?.setBaud(baud));
	}

	/** Sets the listener for received bytes, replacing an earlier one. Packets may arrive split or merged. */
	onBytes(listener: (bytes: Uint8Array) => void): void {
		this.port.onReport((report) => {
			const bytes = this.bridge.fromReport(report);
			if (bytes.length > 0) listener(bytes);
		});
	}

	/** Sends bytes. @throws ServiceError as `HidPort.write` */
	async write(bytes: Uint8Array): Promise<void> {
		for (const report of this.bridge.toReports(bytes)) await this.port.write(report);
	}

	/** Switches the line off if possible, and closes the port; idempotent, never rejects, takes at most 4 s. */
	close(): Promise<void> {
		this.closing ??= this.sendSettings(this.bridge.settings?.close())
			// An unplugged or failing bridge cannot be switched off.
			.catch(() => {})
			.then(() => this.withTimeout(this.port.close()))
			// After the timeout the system may still close the port.
			.catch(() => {});
		return this.closing;
	}

	/** Sends settings with a timeout, because a report that hangs must block neither opening the reader again nor stopping the service. */
	private async sendSettings(reports: readonly Uint8Array[] = []): Promise<void> {
		for (const report of reports) await this.withTimeout(this.port.sendFeatureReport(report));
	}

	private withTimeout(work: Promise<void>): Promise<void> {
		return new Promise((resolve, reject) => {
			const cancel = this.clock.after(SYSTEM_TIMEOUT_MS, () => reject(new ServiceError('DEVICE_TIMEOUT')));
			work.then(resolve, reject).finally(cancel);
		});
	}
}
