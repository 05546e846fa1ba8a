import { closeSync, constants, openSync, read, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { monotonicMs } from './measurements.ts';
import {
	createEvent,
	destroyEvent,
	EVENT_BYTES,
	getReportRefusal,
	inputEvent,
	parseUhidEvent,
	setReportReply,
	type UhidDescription,
} from './uhid-events.ts';

export interface UhidDeviceEvents {
	/** @param report report id first, 00 for a device without report ids */
	output(report: Uint8Array): void;
	/** @throws Error when the device does not support the report */
	feature(report: Uint8Array): void;
}

const readAsync = promisify(read);

/**
 * A HID device that this process simulates, and that the kernel treats like a real one, from its creation until `unplug`.
 *
 * Another process must open it, because opening blocks in the kernel until this process answers.
 */
export class UhidDevice {
	private readonly fd: number;
	private readonly events: UhidDeviceEvents;
	private isPlugged = true;
	private onStarted: () => void = () => {};
	private readonly started = new Promise<void>((resolve) => {
		this.onStarted = resolve;
	});
	private readonly served: Promise<void>;
	private unplugging: Promise<number> | undefined;

	/** Plugs the device in. @throws a system error when /dev/uhid cannot be opened */
	constructor(description: UhidDescription, events: UhidDeviceEvents) {
		this.events = events;
		this.fd = openSync('/dev/uhid', constants.O_RDWR);
		writeSync(this.fd, createEvent(description));
		this.served = this.serve();
	}

	/** Sends an input report; does nothing once the device is unplugged. */
	send(report: Uint8Array): void {
		if (this.isPlugged) writeSync(this.fd, inputEvent(report));
	}

	/** Resolves once the kernel has released the device. @returns when it was unplugged, `monotonicMs` */
	unplug(): Promise<number> {
		this.unplugging ??= this.destroy();
		return this.unplugging;
	}

	private async destroy(): Promise<number> {
		// The kernel sends no stop event for a device that is destroyed before a driver has started it.
		await this.started;
		const at = monotonicMs();
		this.isPlugged = false;
		writeSync(this.fd, destroyEvent());
		await this.served;
		return at;
	}

	/** Handles the kernel's events until the stop event. Each read blocks a thread of the pool until the next event. */
	private async serve(): Promise<void> {
		for (;;) {
			const { bytesRead, buffer } = await readAsync(this.fd, Buffer.alloc(EVENT_BYTES), 0, EVENT_BYTES, null);
			const event = parseUhidEvent(buffer.subarray(0, bytesRead));
			if (event.type === 'stop') break;
			if (event.type === 'start') this.onStarted();
			if (event.type === 'output') this.events.output(event.report);
			if (event.type === 'set-report') this.answer(setReportReply(event.id, this.accepts(event.report)));
			if (event.type === 'get-report') this.answer(getReportRefusal(event.id));
		}
		closeSync(this.fd);
	}

	private accepts(report: Uint8Array): boolean {
		try {
			this.events.feature(report);
			return true;
		} catch {
			return false;
		}
	}

	private answer(event: Uint8Array): void {
		if (this.isPlugged) writeSync(this.fd, event);
	}
}
