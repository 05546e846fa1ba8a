import type { Logger } from '../../../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { Reader, ReaderDriverEvents, ReaderInfo } from '../../../reader.ts';
import { findModule } from '../ef01/find-module.ts';
import { HidReader } from '../hid-reader.ts';
import { BRIDGES } from '../transport/bridges/bridges.ts';
import type { HidPort, OpenHidPort } from '../transport/hid-port.ts';
import { SerialLine } from '../transport/serial-line.ts';
import { UnavailableReader } from '../unavailable-reader.ts';
import { usbId } from './hid-device.ts';
import type { ReaderCandidate } from './known-readers.ts';

export interface HidCandidateOptions {
	readonly candidate: ReaderCandidate;
	/** Unique among the candidates that are plugged in. */
	readonly serialNumber: string;
	/** A module has answered behind it before: it need not be asked again. */
	readonly hasAnswered: boolean;
	/** Rejects also with DEVICE_DISCONNECTED. */
	readonly openPort: OpenHidPort;
	readonly clock: Clock;
	readonly logger: Logger;
	/** A module has answered. */
	readonly onAnswer: () => void;
	readonly events: Pick<ReaderDriverEvents, 'arrived' | 'departed' | 'faulted'>;
	/** The device has turned out to be gone, and so has been reported, whatever the list of devices shows. */
	readonly onLost: () => void;
}

/**
 * One plugged-in device that may be a reader, from the moment it is listed.
 *
 *     certain, or has answered before ------------------> reported as a reader
 *     else --asked--> a module answers -----------------> reported as a reader
 *                     nothing answers ------------------> left alone until it is plugged in anew
 *                     cannot be opened --> reported as out of reach --can be opened--> asked
 */
export class HidCandidate {
	/** What its reader says of itself, if it is one. */
	readonly info: ReaderInfo;
	private readonly options: HidCandidateOptions;
	/** Resolves, and never rejects, once it is known what the device is: with what to say of it if it is left alone. */
	answered: Promise<string | undefined> = Promise.resolve(undefined);
	private reported: Reader | undefined;
	private hasLeft = false;
	/** To the device while it is asked. */
	private line: SerialLine | undefined;

	constructor(options: HidCandidateOptions) {
		this.options = options;
		this.info = {
			driver: 'hid',
			serialNumber: options.serialNumber,
			model: options.candidate.model,
			// The module tells it only when it is opened, and most tell nothing.
			firmwareVersion: 'unknown',
			isVirtual: false,
		};
	}

	start(): void {
		if (this.options.candidate.isCertain || this.options.hasAnswered) this.report(this.createReader());
		else this.answered = this.ask();
	}

	/** It was unplugged. */
	leave(reason: string): void {
		if (this.hasLeft) return;
		const { reported } = this;
		void this.abandon();
		if (reported !== undefined) this.options.events.departed(reported, reason);
	}

	/** Nothing is reported from now on. Resolves once the device is closed, unless its reader has an owner to do that. */
	async abandon(): Promise<void> {
		this.hasLeft = true;
		this.reported = undefined;
		await this.line?.close();
		await this.answered;
	}

	private async ask(): Promise<string | undefined> {
		const { candidate, clock, onAnswer } = this.options;
		try {
			this.line = new SerialLine(await this.openPort(), BRIDGES[candidate.bridge], clock);
			if (this.hasLeft) await this.line.close();
			else await findModule(this.line, clock).then(onAnswer);
			this.report(this.createReader());
			return undefined;
		} catch (thrown) {
			return this.onRefusal(toServiceError(thrown));
		} finally {
			this.line = undefined;
		}
	}

	/** Who opens may be the first to notice that the device is gone. */
	private async openPort(): Promise<HidPort> {
		try {
			return await this.options.openPort();
		} catch (thrown) {
			if (toServiceError(thrown).error === 'DEVICE_DISCONNECTED') this.lose();
			throw thrown;
		}
	}

	/** @returns what to say of it if it is left alone */
	private onRefusal(error: ServiceError): string | undefined {
		if (this.hasLeft) return undefined;
		if (error.error === 'DEVICE_TIMEOUT') return this.leaveAlone();
		if (error.error === 'DEVICE_DISCONNECTED') this.lose();
		else this.report(this.createStandIn());
		return undefined;
	}

	private leaveAlone(): string {
		const { candidate, logger } = this.options;
		const note = `HID device ${usbId(candidate.device)} is left alone, as no fingerprint module answers behind it`;
		logger.info(note, {
			path: candidate.device.path,
			serialNumber: this.info.serialNumber,
			remedy: 'If it is a reader, check its wiring, or name it in hid.readers',
		});
		return note;
	}

	private report(reader: Reader): void {
		if (this.hasLeft) return;
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
		if (error.error === 'DEVICE_DISCONNECTED') this.lose();
		else this.options.events.faulted(reader, error);
	}

	private lose(): void {
		if (this.hasLeft) return;
		this.leave('Device unplugged');
		this.options.onLost();
	}

	private createStandIn(): Reader {
		const standIn = new UnavailableReader({
			info: this.info,
			check: async () => (await this.openPort()).close(),
			onMended: () => this.replace(standIn),
		});
		return standIn;
	}

	private replace(standIn: Reader): void {
		if (this.reported !== standIn) return;
		this.reported = undefined;
		this.options.events.departed(standIn, 'Device can be opened now');
		this.answered = this.ask();
	}
}
