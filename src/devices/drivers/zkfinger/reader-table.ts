import type { ServiceError } from '../../../protocol/errors.ts';
import type { ReaderDriverEvents } from '../../reader.ts';
import { UnavailableReader } from '../../unavailable-reader.ts';
import { LIBRARY_SERIAL_NUMBER } from './find-readers.ts';
import { type FoundReader, fromErrorMessage } from './process/zkfinger-messages.ts';
import { readerInfo, ZkFingerReader } from './zkfinger-reader.ts';

export interface ReaderTableOptions {
	readonly events: Pick<ReaderDriverEvents, 'arrived' | 'departed' | 'faulted'>;
	/** Creates a reader that the library has found and can use. */
	readonly createReader: (found: FoundReader) => ZkFingerReader;
	/** Scans again, because an unavailable reader may be available now. */
	readonly requestScan: () => void;
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

	/** True while a call waits for a finger on one of the readers. */
	get isInUse(): boolean {
		return this.working().some(({ isInUse }) => isInUse);
	}

	/**
	 * Reports what has changed since the last scan. If the library itself has failed, the working readers stay and are reported
	 * as faulted, so that their owner opens them again later.
	 *
	 * @returns false if the library has failed; another scan must then find the remaining readers
	 */
	update(found: readonly FoundReader[]): boolean {
		const failure = found.find(({ serialNumber }) => serialNumber === LIBRARY_SERIAL_NUMBER)?.fault;
		if (failure !== undefined && this.working().length > 0) {
			this.failAll(fromErrorMessage(failure));
			return false;
		}
		for (const reader of this.readers.values()) {
			const isUsable = reader instanceof ZkFingerReader;
			const match = found.find(({ serialNumber }) => serialNumber === reader.info.serialNumber);
			if (match !== undefined && isUsable === (match.fault === undefined)) continue;
			this.depart(reader, isUsable || found.length === 0 ? 'Device unplugged' : 'The fault is resolved');
		}
		for (const one of found) this.report(one);
		return true;
	}

	/** Reports all working readers as unplugged. */
	departWorking(): void {
		for (const reader of this.working()) this.depart(reader, 'Device unplugged');
	}

	/** Reports a fault of all working readers, which must then be closed and opened again. */
	failAll(error: ServiceError): void {
		for (const reader of this.working()) {
			reader.fail(error);
			this.options.events.faulted(reader, error);
		}
	}

	private report(found: FoundReader): void {
		const { serialNumber, model, fault } = found;
		if (fault !== undefined) this.faults.set(serialNumber, fromErrorMessage(fault));
		if (this.readers.has(serialNumber)) return;
		const { createReader, events } = this.options;
		const reader = fault === undefined ? createReader(found) : this.createUnavailable(serialNumber, model);
		this.readers.set(serialNumber, reader);
		events.arrived(reader);
	}

	/** Creates a reader of which each attempt to open triggers another scan, except the first, which directly follows a scan. */
	private createUnavailable(serialNumber: string, model: string): UnavailableReader {
		let isFirstAttempt = true;
		return new UnavailableReader({
			info: readerInfo(serialNumber, model),
			retry: async () => {
				if (!isFirstAttempt) this.options.requestScan();
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

	private working(): ZkFingerReader[] {
		return [...this.readers.values()].filter((reader) => reader instanceof ZkFingerReader);
	}
}
