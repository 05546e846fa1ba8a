import type { ServiceError } from '../../../protocol/errors.ts';
import type { ReaderDriverEvents } from '../../reader.ts';
import { NO_LIBRARY } from './find-readers.ts';
import { type FoundReader, fromErrorMessage } from './process/zkfinger-messages.ts';
import { UnusableReader } from './unusable-reader.ts';
import { ZkFingerReader } from './zkfinger-reader.ts';

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
	private readonly readers = new Map<string, ZkFingerReader | UnusableReader>();

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
		const known = this.readers.get(serialNumber);
		const error = fault && fromErrorMessage(fault);
		if (known instanceof UnusableReader && error !== undefined) known.error = error;
		if (known !== undefined) return;
		const { createReader, lookAgain, events } = this.options;
		const reader = error ? new UnusableReader({ serialNumber, model, error, lookAgain }) : createReader(found);
		this.readers.set(serialNumber, reader);
		events.arrived(reader);
	}

	private depart(reader: ZkFingerReader | UnusableReader, reason: string): void {
		this.readers.delete(reader.info.serialNumber);
		if (reader instanceof ZkFingerReader) reader.unplug();
		this.options.events.departed(reader, reason);
	}

	private usable(): ZkFingerReader[] {
		return [...this.readers.values()].filter((reader) => reader instanceof ZkFingerReader);
	}
}
