import { EventEmitter } from 'node:events';
import { ID_ALPHABET, randomText } from '../access/random-text.ts';
import { RateWindow } from '../access/rate-window.ts';
import type { Extraction } from '../biometrics/extraction/extract-template.ts';
import type { GreyImage } from '../biometrics/images/grey-image.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { Logger } from '../log/logger.ts';
import type { ScanOptions } from '../protocol/client-messages.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { Clock } from '../time/clock.ts';
import type { FingerprintEngine } from './fingerprint-engine.ts';
import type { ScanEvent } from './scan-machine.ts';
import { ScanSession } from './scan-session.ts';

/** Who started a scan: the one who may stop it, and whose key decides who else may watch. */
export interface ScanOwner {
	readonly connectionId: string;
	/** `undefined` for an admin. */
	readonly keyId: string | undefined;
}

/** What a client asks for. */
export interface ScanRequest {
	readonly deviceId: string;
	readonly options: ScanOptions;
	/** ISO records to compare one touch with: that makes the scan a verification. */
	readonly candidates?: readonly Uint8Array[];
	/** Makes it a private scan: this one alone hears of it. */
	readonly observer?: ScanObserver;
}

/** Somebody in this process who scans for itself; clients hear nothing of such a scan, and never see a picture. */
export interface ScanObserver {
	/** Every event of the scan but `scan:started`, as `ScanService` emits them. */
	readonly onEvent: (event: ScanEvent) => void;
	/** Each picture as soon as its minutiae are known, before the event that follows from it; not kept anywhere. */
	readonly onPicture: (image: GreyImage, extraction: Extraction) => void;
}

/** One scan from its start to its terminal event. */
export interface Scan {
	/** `scan-` and 12 characters [a-z0-9]. */
	readonly id: string;
	readonly deviceId: string;
	readonly isVerification: boolean;
	readonly owner: ScanOwner;
	/** Milliseconds since 1970. */
	readonly startedAt: number;
}

export type ScanServiceEvent = { readonly type: 'scan:started' } | ScanEvent;

export interface ScanServiceOptions {
	readonly registry: DeviceRegistry;
	readonly engine: FingerprintEngine;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Scans a minute that one real reader allows; virtual readers have no limit. */
	readonly scansPerMinute: number;
}

/** Runs the scans: one a reader, each with an owner, each ending in exactly one terminal event. */
export class ScanService extends EventEmitter<{ event: [scan: Scan, event: ScanServiceEvent] }> {
	private readonly options: ScanServiceOptions;
	private readonly running = new Map<string, { scan: Scan; session: ScanSession }>();
	private readonly recentStarts = new Map<string, RateWindow>();
	private readonly engineTurns = new Map<string, Promise<unknown>>();

	constructor(options: ScanServiceOptions) {
		super();
		this.options = options;
		options.registry.on('lost', (deviceId, error) => this.failOn(deviceId, error));
	}

	/**
	 * Start a scan; its events follow through `event`, `scan:started` before this returns, or through the observer.
	 *
	 * @throws ServiceError DEVICE_NOT_FOUND, DEVICE_BUSY, DEVICE_INIT_FAILED, RATE_LIMIT_EXCEEDED with `details.retryAfter`
	 */
	start({ deviceId, options, candidates, observer }: ScanRequest, owner: ScanOwner): Scan {
		const { registry, engine, clock } = this.options;
		const isLimited = registry.get(deviceId)?.info.isVirtual === false;
		if (isLimited) this.refuseIfTooMany(deviceId);
		const lease = registry.acquire(deviceId);
		if (isLimited) this.startsOf(deviceId).record();

		const isVerification = candidates !== undefined;
		const scan: Scan = {
			id: `scan-${randomText(ID_ALPHABET, 12)}`,
			deviceId,
			isVerification,
			owner,
			startedAt: clock.now(),
		};
		const onEvent = (event: ScanEvent) => this.forward(scan, event, observer);
		const onPicture = observer?.onPicture;
		const inTurn = <T>(work: () => Promise<T>) => this.inTurn(deviceId, work);
		const session = new ScanSession({ lease, options, candidates, engine, inTurn, clock, onEvent, onPicture });
		this.running.set(scan.id, { scan, session });
		this.options.logger.info('Scan started', { scanId: scan.id, deviceId, isVerification });
		if (observer === undefined) this.emit('event', scan, { type: 'scan:started' });
		session.start();
		return scan;
	}

	/** Stop a scan of this connection. @throws ServiceError SCAN_NOT_FOUND also for the scan of somebody else */
	stop(scanId: string, connectionId: string): void {
		const entry = this.running.get(scanId);
		if (entry === undefined || entry.scan.owner.connectionId !== connectionId) {
			throw new ServiceError('SCAN_NOT_FOUND', { details: { scanId } });
		}
		entry.session.stop();
	}

	/** Stop whatever a connection has started: it went away. */
	stopAllOf(connectionId: string): void {
		for (const { scan, session } of [...this.running.values()]) {
			if (scan.owner.connectionId === connectionId) session.stop();
		}
	}

	/** End every scan with this error: the service stops. */
	failAll(error: ServiceError): void {
		for (const { session } of [...this.running.values()]) session.fail(error);
	}

	private failOn(deviceId: string, error: ServiceError): void {
		for (const { scan, session } of [...this.running.values()]) {
			if (scan.deviceId === deviceId) session.fail(error);
		}
	}

	/** A reader has one picture at most in the engine, or whoever starts and stops scans would make all others wait in its queue. */
	private inTurn<T>(deviceId: string, work: () => Promise<T>): Promise<T> {
		const turn = (this.engineTurns.get(deviceId) ?? Promise.resolve()).then(work, work);
		this.engineTurns.set(deviceId, turn);
		return turn;
	}

	private forward(scan: Scan, event: ScanEvent, observer: ScanObserver | undefined): void {
		if (isTerminal(event)) {
			this.running.delete(scan.id);
			this.logEnd(scan, event);
		}
		if (observer === undefined) this.emit('event', scan, event);
		else observer.onEvent(event);
	}

	private logEnd(scan: Scan, event: ScanEvent): void {
		const facts = { scanId: scan.id, deviceId: scan.deviceId, outcome: event.type };
		if (event.type === 'scan:error') this.options.logger.warn('Scan failed', { ...facts, error: event.error });
		else this.options.logger.info('Scan ended', facts);
	}

	private refuseIfTooMany(deviceId: string): void {
		const retryAfter = this.startsOf(deviceId).retryAfter();
		if (retryAfter !== undefined) {
			throw new ServiceError('RATE_LIMIT_EXCEEDED', { details: { deviceId, retryAfter } });
		}
	}

	private startsOf(deviceId: string): RateWindow {
		const known = this.recentStarts.get(deviceId);
		if (known !== undefined) return known;
		const starts = new RateWindow({ limit: this.options.scansPerMinute, clock: this.options.clock });
		this.recentStarts.set(deviceId, starts);
		return starts;
	}
}

function isTerminal(event: ScanEvent): boolean {
	return event.type !== 'fingerprint:detected' && event.type !== 'scan:progress';
}
