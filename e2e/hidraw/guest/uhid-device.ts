import { closeSync, constants, openSync, read, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { monotonicMs } from './monotonic-ms.ts';
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
	/** @throws an error if the device does not know the report */
	feature(report: Uint8Array): void;
}

const readAsync = promisify(read);

/**
 * A HID device that this process plays and the kernel takes for a real one, from its creation to `unplug`.
 *
 * The process that opens it must be another one: it waits in the kernel for answers that only this one can give.
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

	/** Plug it in. @throws an error of the system where /dev/uhid cannot be used */
	constructor(description: UhidDescription, events: UhidDeviceEvents) {
		this.events = events;
		this.fd = openSync('/dev/uhid', constants.O_RDWR);
		writeSync(this.fd, createEvent(description));
		this.served = this.serve();
	}

	/** Send an input report; dropped once it is unplugged. */
	send(report: Uint8Array): void {
		if (this.isPlugged) writeSync(this.fd, inputEvent(report));
	}

	/** Resolves once the kernel has let go of it. @returns when the plug was pulled, `monotonicMs` */
	unplug(): Promise<number> {
		this.unplugging ??= this.pull();
		return this.unplugging;
	}

	private async pull(): Promise<number> {
		// One that goes before a driver has taken it is never told that it has stopped.
		await this.started;
		const at = monotonicMs();
		this.isPlugged = false;
		writeSync(this.fd, destroyEvent());
		await this.served;
		return at;
	}

	/** Each read waits in a thread of its own until the kernel has something to say, the last time that the device has stopped. */
	private async serve(): Promise<void> {
		for (;;) {
			const { bytesRead, buffer } = await readAsync(this.fd, Buffer.alloc(EVENT_BYTES), 0, EVENT_BYTES, null);
			const event = parseUhidEvent(buffer.subarray(0, bytesRead));
			if (event.type === 'stop') break;
			if (event.type === 'start') this.onStarted();
			if (event.type === 'output') this.events.output(event.report);
			if (event.type === 'set-report') this.answer(setReportReply(event.id, this.takes(event.report)));
			if (event.type === 'get-report') this.answer(getReportRefusal(event.id));
		}
		closeSync(this.fd);
	}

	private takes(report: Uint8Array): boolean {
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
