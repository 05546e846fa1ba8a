import { ServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import type { DriverDescription, ReaderDriver, ReaderDriverEvents } from '../../reader.ts';
import type { TouchRequest, VirtualControl } from '../../virtual-control.ts';
import { type FingerSynthesis, WorkerSynthesis } from './synthesis/finger-synthesis.ts';
import { VirtualReader } from './virtual-reader.ts';

export interface VirtualDriverOptions {
	readonly clock: Clock;
	/** Setting `virtual.autoTouch`: the readers touch and lift automatically, without `virtual:*` messages. */
	readonly autoTouch: boolean;
	/** Setting `virtual.touchDelayMs`: delay of an automatic touch, ms. */
	readonly touchDelayMs: number;
	/** Default: a `WorkerSynthesis`, which `stop` closes. The caller closes a synthesis that it passes. */
	readonly synthesis?: FingerSynthesis;
}

/** The person whose finger touches each reader automatically. */
const PERSON_BY_SERIAL_NUMBER: ReadonlyMap<string, number> = new Map([
	['VIRTUAL-0001', 1],
	['VIRTUAL-0002', 2],
]);

/** Provides two virtual readers, which the `virtual:*` messages control. */
export class VirtualDriver implements ReaderDriver, VirtualControl {
	readonly name = 'virtual';
	private readonly options: VirtualDriverOptions;
	private readonly readers = new Map<string, VirtualReader>();
	private events: ReaderDriverEvents | undefined;
	private ownSynthesis: WorkerSynthesis | undefined;

	constructor(options: VirtualDriverOptions) {
		this.options = options;
	}

	async start(events: ReaderDriverEvents): Promise<void> {
		this.events = events;
		for (const serialNumber of PERSON_BY_SERIAL_NUMBER.keys()) this.plug(serialNumber);
	}

	async stop(): Promise<void> {
		this.events = undefined;
		this.readers.clear();
		await this.ownSynthesis?.close();
		this.ownSynthesis = undefined;
	}

	async describe(): Promise<DriverDescription> {
		return { driver: this.name, state: 'working', isVirtual: true };
	}

	async touch(serialNumber: string, touch: TouchRequest): Promise<void> {
		await this.readerOf(serialNumber).touch(touch);
	}

	lift(serialNumber: string): void {
		this.readerOf(serialNumber).lift();
	}

	unplug(serialNumber: string): void {
		const reader = this.readerOf(serialNumber);
		this.readers.delete(serialNumber);
		reader.unplug();
		this.events?.departed(reader, 'Device unplugged');
	}

	plug(serialNumber: string): void {
		const person = PERSON_BY_SERIAL_NUMBER.get(serialNumber);
		if (person === undefined || !this.events) throw notFound(serialNumber);
		if (this.readers.has(serialNumber)) return;
		const reader = new VirtualReader({ ...this.options, serialNumber, person, synthesis: this.synthesis() });
		this.readers.set(serialNumber, reader);
		this.events.arrived(reader);
	}

	fault(serialNumber: string, error: 'DEVICE_INIT_FAILED' | 'DEVICE_TIMEOUT'): void {
		const reader = this.readerOf(serialNumber);
		const fault = new ServiceError(error);
		reader.fail(fault);
		this.events?.faulted(reader, fault);
	}

	private readerOf(serialNumber: string): VirtualReader {
		const reader = this.readers.get(serialNumber);
		if (!reader) throw notFound(serialNumber);
		return reader;
	}

	private synthesis(): FingerSynthesis {
		if (this.options.synthesis) return this.options.synthesis;
		this.ownSynthesis ??= new WorkerSynthesis();
		return this.ownSynthesis;
	}
}

function notFound(serialNumber: string): ServiceError {
	return new ServiceError('DEVICE_NOT_FOUND', { details: { serialNumber } });
}
