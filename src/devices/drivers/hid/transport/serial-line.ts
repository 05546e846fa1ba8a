import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { Bridge } from './bridges/bridge.ts';
import type { HidPort } from './hid-port.ts';

/** How long the system may take to set up a bridge with one report, or to close a port, ms; usual is 1. */
const SYSTEM_TIMEOUT_MS = 2_000;

/** A serial line as a HID-UART bridge offers it over one opened port, which it owns from then on. */
export class SerialLine {
	/** As `HidPort.closed`. */
	readonly closed: Promise<ServiceError>;
	/** Whether its speed can be set; else it is whatever the bridge was given from its other side. */
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

	/** Switch it on; does nothing where settings cannot be set. @throws ServiceError as `HidPort.sendFeatureReport`; DEVICE_TIMEOUT */
	async open(baud: number): Promise<void> {
		await this.sendSettings(this.bridge.settings?.open(baud));
	}

	/** Change its speed; does nothing where settings cannot be set. @throws ServiceError as `HidPort.sendFeatureReport`; DEVICE_TIMEOUT */
	async setBaud(baud: number): Promise<void> {
		await this.sendSettings(this.bridge.settings?.setBaud(baud));
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

	/** Switch it off, as far as the bridge still listens, and close the port; idempotent, never rejects, takes 4 s at most. */
	close(): Promise<void> {
		this.closing ??= this.sendSettings(this.bridge.settings?.close())
			// A bridge that is gone or refuses has nothing left to switch off.
			.catch(() => {})
			.then(() => this.withTimeout(this.port.close()))
			// The system may get round to it later.
			.catch(() => {});
		return this.closing;
	}

	/** A system that does not get a report through must not keep its reader from being opened anew, nor the service from ending. */
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
