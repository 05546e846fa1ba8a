import type { ServiceError } from '../../../protocol/errors.ts';
import type { ReaderDriverEvents } from '../../reader.ts';
import { UnavailableReader } from '../../unavailable-reader.ts';
import { NO_LIBRARY } from './find-readers.ts';
import { type FoundReader, fromErrorMessage } from './process/zkfinger-messages.ts';
import { readerInfo, ZkFingerReader } from './zkfinger-reader.ts';

export interface ReaderTableOptions {
	readonly events: Pick<ReaderDriverEvents, 'arrived' | 'departed' | 'faulted'>;
	/** Makes a reader that the library has found and can use. */
	readonly createReader: (found: FoundReader) => ZkFingerReader;
	/** A reader that could not be used is opened again: look whether that has changed. */
	readonly lookAgain: () => void;
}

/** The readers that were reported and have not departed, by serial number. */
export class ReaderTable {
	private readonly options: ReaderTableOptions;
	private readonly readers = new Map<string, ZkFingerReader | UnavailableReader>();
	/** Why readers cannot be used, by serial number, as of the last scan. */
	private readonly faults = new Map<string, ServiceError>();

	constructor(options: ReaderTableOptions) {
		this.options = options;
	}

	get isEmpty(): boolean {
		return this.readers.size === 0;
	}

	/** Whether somebody waits for a finger on one of them. */
	get isInUse(): boolean {
		return this.usable().some(({ isInUse }) => isInUse);
	}

	/**
	 * Report what has changed since the last scan. Readers that work are kept where the library itself has failed, as faulted:
	 * they are opened again by and by.
	 *
	 * @returns false in that case: who else is there, another scan has to tell
	 */
	update(found: readonly FoundReader[]): boolean {
		const failure = found.find(({ serialNumber }) => serialNumber === NO_LIBRARY)?.fault;
		if (failure !== undefined && this.usable().length > 0) {
			this.failAll(fromErrorMessage(failure));
			return false;
		}
		for (const reader of this.readers.values()) {
			const isUsable = reader instanceof ZkFingerReader;
			const match = found.find(({ serialNumber }) => serialNumber === reader.info.serialNumber);
			if (match !== undefined && isUsable === (match.fault === undefined)) continue;
			this.depart(reader, isUsable || found.length === 0 ? 'Device unplugged' : 'Fault is over');
		}
		for (const one of found) this.admit(one);
		return true;
	}

	/** All that work are unplugged. */
	departUsable(): void {
		for (const reader of this.usable()) this.depart(reader, 'Device unplugged');
	}

	/** All that work need to be closed and opened again. */
	failAll(error: ServiceError): void {
		for (const reader of this.usable()) {
			reader.fail(error);
			this.options.events.faulted(reader, error);
		}
	}

	private admit(found: FoundReader): void {
		const { serialNumber, model, fault } = found;
		if (fault !== undefined) this.faults.set(serialNumber, fromErrorMessage(fault));
		if (this.readers.has(serialNumber)) return;
		const { createReader, events } = this.options;
		const reader = fault === undefined ? createReader(found) : this.createUnavailable(serialNumber, model);
		this.readers.set(serialNumber, reader);
		events.arrived(reader);
	}

	/** Each attempt to open it triggers another scan, except the first, which follows a scan directly. */
	private createUnavailable(serialNumber: string, model: string): UnavailableReader {
		let isFirstAttempt = true;
		return new UnavailableReader({
			info: readerInfo(serialNumber, model),
			retry: async () => {
				if (!isFirstAttempt) this.options.lookAgain();
				isFirstAttempt = false;
				throw this.faults.get(serialNumber);
			},
		});
	}

	private depart(reader: ZkFingerReader | UnavailableReader, reason: string): void {
		this.readers.delete(reader.info.serialNumber);
		if (reader instanceof ZkFingerReader) reader.unplug();
		this.options.events.departed(reader, reason);
	}

	private usable(): ZkFingerReader[] {
		return [...this.readers.values()].filter((reader) => reader instanceof ZkFingerReader);
	}
}
