import type { DeviceRegistry } from '../../devices/device-registry.ts';
import type { ServerMessage, ServerMessageOf } from '../../protocol/server-messages.ts';
import type { ScanService } from '../../scans/scan-service.ts';
import { type Clock, timestamp } from '../../time/clock.ts';
import { hearsOfDevices, hearsOfScan, hearsOfStatus, type Listener } from './audience.ts';
import { toDeviceObject } from './wire-devices.ts';
import { toScanMessage } from './wire-scans.ts';

/** A client that messages can be sent to, already serialised. */
export interface Receiver extends Listener {
	sendText(text: string): void;
	sendLog(text: string): void;
}

/** One line of the live log, redacted already. */
export type LogLine = Omit<ServerMessageOf<'log:entry'>, 'type'>;

/** Carries what happens in the service to the clients that may hear of it; each message is serialised once. */
export class Broadcaster {
	private readonly receivers: () => Iterable<Receiver>;
	private readonly clock: Clock;

	/** @param receivers all clients, authenticated or not */
	constructor(receivers: () => Iterable<Receiver>, clock: Clock) {
		this.receivers = receivers;
		this.clock = clock;
	}

	/** Forward the events of readers and scans from now on. */
	follow(registry: DeviceRegistry, scans: ScanService): void {
		registry.on('connected', (device) =>
			this.send({ type: 'device:connected', device: toDeviceObject(device), timestamp: this.now() }, (receiver) =>
				hearsOfDevices(receiver, device.info),
			),
		);
		registry.on('disconnected', ({ id, info }, reason) =>
			this.send({ type: 'device:disconnected', deviceId: id, reason, timestamp: this.now() }, (receiver) =>
				hearsOfDevices(receiver, info),
			),
		);
		registry.on('status', ({ id, status }, previousStatus) =>
			this.send({ type: 'device:status', deviceId: id, status, previousStatus, timestamp: this.now() }, (receiver) =>
				hearsOfStatus(receiver, id),
			),
		);
		scans.on('event', (scan, event) =>
			this.send(toScanMessage(scan, event, this.clock), (receiver) => hearsOfScan(receiver, scan)),
		);
	}

	/** Send a message to every authenticated client. */
	sendToAll(message: ServerMessage): void {
		this.send(message, ({ principal }) => principal !== undefined);
	}

	/** Send a line of the log to the admins; what it carries beside the fields of the protocol stays here. */
	sendLog({ level, message, metadata, timestamp }: LogLine): void {
		let text: string | undefined;
		for (const receiver of this.receivers()) {
			if (receiver.principal?.kind !== 'admin') continue;
			text ??= JSON.stringify({ type: 'log:entry', level, message, metadata, timestamp });
			receiver.sendLog(text);
		}
	}

	private send(message: ServerMessage, isMeant: (receiver: Receiver) => boolean): void {
		let text: string | undefined;
		for (const receiver of this.receivers()) {
			if (!isMeant(receiver)) continue;
			text ??= JSON.stringify(message);
			receiver.sendText(text);
		}
	}

	private now(): string {
		return timestamp(this.clock);
	}
}

/** What a client hears first: one `device:connected` for each reader it may see. */
export function deviceSnapshot(listener: Listener, registry: DeviceRegistry, clock: Clock): ServerMessage[] {
	return registry
		.list()
		.filter((device) => hearsOfDevices(listener, device.info))
		.map((device) => ({ type: 'device:connected', device: toDeviceObject(device), timestamp: timestamp(clock) }));
}
