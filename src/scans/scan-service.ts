import { EventEmitter } from 'node:events';
import { ID_ALPHABET, randomText } from '../access/random-text.ts';
import { RateWindow } from '../access/rate-window.ts';
import type { Extraction, GreyImage } from '../biometrics/worker-engine.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { Logger } from '../log/logger.ts';
import type { ScanOptions } from '../protocol/client-messages.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { Clock } from '../time/clock.ts';
import { SerialQueue } from '../time/serial-queue.ts';
import type { FingerprintEngine } from './fingerprint-engine.ts';
import type { ScanEvent } from './scan-machine.ts';
import { ScanSession } from './scan-session.ts';

/** The client that started a scan. Only its connection may stop the scan; its key decides which other clients receive events. */
export interface ScanOwner {
	readonly connectionId: string;
	/** `undefined` for an admin. */
	readonly keyId: string | undefined;
}

export interface ScanRequest {
	readonly deviceId: string;
	readonly options: ScanOptions;
	/** Templates to match one touch with; present = the scan is a verification. */
	readonly candidates?: readonly Uint8Array[];
	/** Makes the scan private: only the observer receives its events. */
	readonly observer?: ScanObserver;
}

/** Receives the events and images of a private scan in this process; clients receive neither. */
export interface ScanObserver {
	/** Every event of the scan but `scan:started`, as `ScanService` emits them. */
	readonly onEvent: (event: ScanEvent) => void;
	/** Each image once its minutiae are extracted, before the event that results from it. The image is not stored. */
	readonly onImage: (image: GreyImage, extraction: Extraction) => void;
}

/** What identifies a scan from its start to its terminal event. */
export interface ScanInfo {
	/** `scan-` and 12 characters [a-z0-9]. */
	readonly id: string;
	readonly deviceId: string;
	readonly isVerification: boolean;
	readonly owner: ScanOwner;
	/** Start in monotonic ms, for the duration of the scan. */
	readonly startedMonotonic: number;
}

export type ScanServiceEvent = { readonly type: 'scan:started' } | ScanEvent;

export interface ScanServiceOptions {
	readonly registry: DeviceRegistry;
	readonly engine: FingerprintEngine;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Most scans a minute on one real reader; virtual readers have no limit. */
	readonly scansPerMinute: number;
}

/** Runs the scans: at most one per reader, each with an owner and exactly one terminal event. */
export class ScanService extends EventEmitter<{ event: [scan: ScanInfo, event: ScanServiceEvent] }> {
	private readonly options: ScanServiceOptions;
	private readonly running = new Map<string, { scan: ScanInfo; session: ScanSession }>();
	private readonly recentStarts = new Map<string, RateWindow>();
	/** One queue per reader, so that a client which starts and stops scans has one image at a time in the engine and delays no other reader. */
	private readonly engineQueues = new Map<string, SerialQueue>();

	constructor(options: ScanServiceOptions) {
		super();
		this.options = options;
		options.registry.on('lost', (deviceId, error) => this.failOn(deviceId, error));
	}

	/**
	 * Starts a scan. Its events are emitted as `event`, `scan:started` before this returns, or passed to the observer.
	 *
	 * @throws ServiceError DEVICE_NOT_FOUND, DEVICE_BUSY, DEVICE_INIT_FAILED, RATE_LIMIT_EXCEEDED with `details.retryAfter`
	 */
	start({ deviceId, options, candidates, observer }: ScanRequest, owner: ScanOwner): ScanInfo {
		const { registry, engine, clock } = this.options;
		const isLimited = registry.get(deviceId)?.info.isVirtual === false;
		if (isLimited) this.checkRateLimit(deviceId);
		const lease = registry.acquire(deviceId);
		if (isLimited) this.startsOf(deviceId).record();

		const isVerification = candidates !== undefined;
		const scan: ScanInfo = {
			id: `scan-${randomText(ID_ALPHABET, 12)}`,
			deviceId,
			isVerification,
			owner,
			startedMonotonic: clock.monotonic(),
		};
		const onEvent = (event: ScanEvent) => this.forward(scan, event, observer);
		const engineQueue = this.engineQueueOf(deviceId);
		const session = new ScanSession({
			lease,
			options,
			candidates,
			engine,
			engineQueue,
			clock,
			onEvent,
			onImage: observer?.onImage,
		});
		this.running.set(scan.id, { scan, session });
		this.options.logger.info('Scan started', { scanId: scan.id, deviceId, isVerification });
		if (observer === undefined) this.emit('event', scan, { type: 'scan:started' });
		session.start();
		return scan;
	}

	/** Stops a scan. @throws ServiceError SCAN_NOT_FOUND also when it belongs to another connection */
	stop(scanId: string, connectionId: string): void {
		const entry = this.running.get(scanId);
		if (entry === undefined || entry.scan.owner.connectionId !== connectionId) {
			throw new ServiceError('SCAN_NOT_FOUND', { details: { scanId } });
		}
		entry.session.stop();
	}

	/** Stops every scan of a connection. */
	stopAllOf(connectionId: string): void {
		for (const { scan, session } of [...this.running.values()]) {
			if (scan.owner.connectionId === connectionId) session.stop();
		}
	}

	/** Ends every scan with this error. */
	failAll(error: ServiceError): void {
		for (const { session } of [...this.running.values()]) session.fail(error);
	}

	private failOn(deviceId: string, error: ServiceError): void {
		for (const { scan, session } of [...this.running.values()]) {
			if (scan.deviceId === deviceId) session.fail(error);
		}
	}

	private engineQueueOf(deviceId: string): SerialQueue {
		const queue = this.engineQueues.get(deviceId) ?? new SerialQueue();
		this.engineQueues.set(deviceId, queue);
		return queue;
	}

	private forward(scan: ScanInfo, event: ScanEvent, observer: ScanObserver | undefined): void {
		if (isTerminal(event)) {
			this.running.delete(scan.id);
			this.logEnd(scan, event);
		}
		if (observer === undefined) this.emit('event', scan, event);
		else observer.onEvent(event);
	}

	private logEnd(scan: ScanInfo, event: ScanEvent): void {
		const facts = { scanId: scan.id, deviceId: scan.deviceId, outcome: event.type };
		if (event.type === 'scan:error') this.options.logger.warn('Scan failed', { ...facts, error: event.error });
		else this.options.logger.info('Scan ended', facts);
	}

	private checkRateLimit(deviceId: string): void {
		const retryAfter = this.startsOf(deviceId).retryAfter();
		if (retryAfter !== undefined) {
			throw new ServiceError('RATE_LIMIT_EXCEEDED', { details: { deviceId, retryAfter } });
		}
	}

	private startsOf(deviceId: string): RateWindow {
		const { scansPerMinute: limit, clock } = this.options;
		const starts = this.recentStarts.get(deviceId) ?? new RateWindow({ limit, clock });
		this.recentStarts.set(deviceId, starts);
		return starts;
	}
}

function isTerminal(event: ScanEvent): boolean {
	return event.type !== 'fingerprint:detected' && event.type !== 'scan:progress';
}
