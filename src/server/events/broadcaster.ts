import type { DeviceRegistry } from '../../devices/device-registry.ts';
import type { ServerMessage, ServerMessageOf } from '../../protocol/server-messages.ts';
import type { ScanInfo, ScanService } from '../../scans/scan-service.ts';
import { type Clock, timestamp } from '../../time/clock.ts';
import { type Recipient, receivesDeviceEvents, receivesScanEvents, receivesStatusEvents } from './audience.ts';
import { toDeviceObject } from './wire-devices.ts';
import { toScanMessage } from './wire-scans.ts';

/** A connection to which serialised messages can be sent. */
export interface BroadcastRecipient extends Recipient {
	sendText(text: string): void;
	sendLog(text: string): void;
}

/** One entry of the live log, with secrets already removed. */
export type LogEntryFields = Omit<ServerMessageOf<'log:entry'>, 'type'>;

/** Sends events of the service to the clients that may receive them; serialises each message once. */
export class Broadcaster {
	private readonly recipients: () => Iterable<BroadcastRecipient>;
	private readonly clock: Clock;

	/** @param recipients all connections, authenticated or not */
	constructor(recipients: () => Iterable<BroadcastRecipient>, clock: Clock) {
		this.recipients = recipients;
		this.clock = clock;
	}

	/** Forwards the events of readers and scans from now on. */
	follow(registry: DeviceRegistry, scans: ScanService): void {
		registry.on('connected', (device) =>
			this.send({ type: 'device:connected', device: toDeviceObject(device), timestamp: this.now() }, (recipient) =>
				receivesDeviceEvents(recipient, device.info),
			),
		);
		registry.on('disconnected', ({ id, info }, reason) =>
			this.send({ type: 'device:disconnected', deviceId: id, reason, timestamp: this.now() }, (recipient) =>
				receivesDeviceEvents(recipient, info),
			),
		);
		registry.on('status', ({ id, status }, previousStatus) =>
			this.send({ type: 'device:status', deviceId: id, status, previousStatus, timestamp: this.now() }, (recipient) =>
				receivesStatusEvents(recipient, id),
			),
		);
		scans.on('event', (scan, event) => this.sendScanEvent(scan, toScanMessage(scan, event, this.clock)));
	}

	/** Sends a message to every authenticated client. */
	sendToAll(message: ServerMessage): void {
		this.send(message, ({ principal }) => principal !== undefined);
	}

	/** Sends a log entry to the admins; fields that the protocol does not have are left out. */
	sendLog({ level, message, metadata, timestamp }: LogEntryFields): void {
		let text: string | undefined;
		for (const recipient of this.recipients()) {
			if (recipient.principal?.kind !== 'admin') continue;
			text ??= JSON.stringify({ type: 'log:entry', level, message, metadata, timestamp });
			recipient.sendLog(text);
		}
	}

	/** Sends the event of a scan; only the connection that started the scan receives its image. */
	private sendScanEvent(scan: ScanInfo, message: ServerMessage): void {
		if (!('image' in message)) {
			this.send(message, (recipient) => receivesScanEvents(recipient, scan));
			return;
		}
		const { image: _image, ...shared } = message;
		const isOwner = ({ id }: Recipient) => id === scan.owner.connectionId;
		this.send(message, isOwner);
		this.send(shared, (recipient) => !isOwner(recipient) && receivesScanEvents(recipient, scan));
	}

	private send(message: ServerMessage, isRecipient: (recipient: BroadcastRecipient) => boolean): void {
		let text: string | undefined;
		for (const recipient of this.recipients()) {
			if (!isRecipient(recipient)) continue;
			text ??= JSON.stringify(message);
			recipient.sendText(text);
		}
	}

	private now(): string {
		return timestamp(this.clock);
	}
}

/** Returns one `device:connected` for each reader that a new client may see. */
export function deviceSnapshot(recipient: Recipient, registry: DeviceRegistry, clock: Clock): ServerMessage[] {
	return registry
		.list()
		.filter((device) => receivesDeviceEvents(recipient, device.info))
		.map((device) => ({ type: 'device:connected', device: toDeviceObject(device), timestamp: timestamp(clock) }));
}
