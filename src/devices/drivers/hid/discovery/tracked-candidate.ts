import type { Logger } from '../../../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { Reader, ReaderDriverEvents, ReaderInfo } from '../../../reader.ts';
import { UnavailableReader } from '../../../unavailable-reader.ts';
import { probeModule } from '../ef01/probe-module.ts';
import { HidReader } from '../hid-reader.ts';
import { BRIDGES } from '../transport/bridges/bridges.ts';
import type { HidPort, OpenHidPort } from '../transport/hid-port.ts';
import { SerialLine } from '../transport/serial-line.ts';
import { usbId } from './hid-device.ts';
import type { ReaderCandidate } from './known-readers.ts';

export interface TrackedCandidateOptions {
	readonly candidate: ReaderCandidate;
	/** Unique among the candidates that are plugged in. */
	readonly serialNumber: string;
	/** True if a module has answered on this device before; the device is then not probed again. */
	readonly isKnownModule: boolean;
	/** Opens the device. May also reject with DEVICE_DISCONNECTED. */
	readonly openPort: OpenHidPort;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Called when a module has answered a probe. */
	readonly onModuleFound: () => void;
	readonly events: Pick<ReaderDriverEvents, 'arrived' | 'departed' | 'faulted'>;
	/** Called when the device was found to be unplugged, even if it is still listed. Its departure has been reported. */
	readonly onUnplugged: () => void;
}

/**
 * One listed device that may be a reader, until it is unplugged.
 *
 *     configured, or known module ------------------------> reported as a reader
 *     other --probe--> a module answers ------------------> reported as a reader
 *                      no answer -------------------------> ignored until it is plugged in again
 *                      cannot be opened --> reported as unavailable --can be opened--> probe
 */
export class TrackedCandidate {
	/** The info of its reader, if it is one. */
	readonly info: ReaderInfo;
	private readonly options: TrackedCandidateOptions;
	/** Resolves, and never rejects, once the probe is done; with a human-readable note when the device is ignored. */
	probed: Promise<string | undefined> = Promise.resolve(undefined);
	private reported: Reader | undefined;
	private isStopped = false;
	/** The line to the device during a probe. */
	private line: SerialLine | undefined;

	constructor(options: TrackedCandidateOptions) {
		this.options = options;
		this.info = {
			driver: 'hid',
			serialNumber: options.serialNumber,
			model: options.candidate.model,
			// A module reports its firmware version only after it is opened, and most modules do not report one.
			firmwareVersion: 'unknown',
			isVirtual: false,
		};
	}

	start(): void {
		if (this.options.candidate.isConfigured || this.options.isKnownModule) this.report(this.createReader());
		else this.probed = this.probe();
	}

	/** Stops and reports the departure of its reader. */
	remove(reason: string): void {
		if (this.isStopped) return;
		const { reported } = this;
		void this.stop();
		if (reported !== undefined) this.options.events.departed(reported, reason);
	}

	/** Stops reporting. Resolves once a probe has closed the device; a reported reader is closed by its owner. */
	async stop(): Promise<void> {
		this.isStopped = true;
		this.reported = undefined;
		await this.line?.close();
		await this.probed;
	}

	private async probe(): Promise<string | undefined> {
		const { candidate, clock, onModuleFound } = this.options;
		try {
			this.line = new SerialLine(await this.openPort(), BRIDGES[candidate.bridge], clock);
			if (this.isStopped) await this.line.close();
			else await probeModule(this.line, clock).then(onModuleFound);
			this.report(this.createReader());
			return undefined;
		} catch (thrown) {
			return this.onProbeFailed(toServiceError(thrown));
		} finally {
			this.line = undefined;
		}
	}

	/** Opens the port. The attempt may be the first to show that the device is unplugged. */
	private async openPort(): Promise<HidPort> {
		try {
			return await this.options.openPort();
		} catch (thrown) {
			if (toServiceError(thrown).error === 'DEVICE_DISCONNECTED') this.handleUnplugged();
			throw thrown;
		}
	}

	/** Returns a human-readable note when the device is ignored. */
	private onProbeFailed(error: ServiceError): string | undefined {
		if (this.isStopped) return undefined;
		if (error.error === 'DEVICE_TIMEOUT') return this.logIgnored();
		if (error.error === 'DEVICE_DISCONNECTED') this.handleUnplugged();
		else this.report(this.createUnavailableReader());
		return undefined;
	}

	private logIgnored(): string {
		const { candidate, logger } = this.options;
		const note = `HID device ${usbId(candidate.device)} is not used, because no fingerprint module answers`;
		logger.info(note, {
			path: candidate.device.path,
			serialNumber: this.info.serialNumber,
			remedy: 'If it is a reader, check its wiring, or add it to the setting hid.readers',
		});
		return note;
	}

	private report(reader: Reader): void {
		if (this.isStopped) return;
		this.reported = reader;
		this.options.events.arrived(reader);
	}

	private createReader(): Reader {
		const { candidate, clock, logger } = this.options;
		const reader = new HidReader({
			info: this.info,
			openPort: () => this.openPort(),
			bridge: candidate.bridge,
			clock,
			logger,
			onFailure: (error) => this.onFailure(reader, error),
		});
		return reader;
	}

	private onFailure(reader: Reader, error: ServiceError): void {
		if (this.reported !== reader) return;
		if (error.error === 'DEVICE_DISCONNECTED') this.handleUnplugged();
		else this.options.events.faulted(reader, error);
	}

	private handleUnplugged(): void {
		if (this.isStopped) return;
		this.remove('Device unplugged');
		this.options.onUnplugged();
	}

	private createUnavailableReader(): Reader {
		const unavailable = new UnavailableReader({
			info: this.info,
			retry: async () => {
				await (await this.openPort()).close();
				this.replace(unavailable);
			},
		});
		return unavailable;
	}

	private replace(unavailable: Reader): void {
		if (this.reported !== unavailable) return;
		this.reported = undefined;
		this.options.events.departed(unavailable, 'Device can be opened now');
		this.probed = this.probe();
	}
}
