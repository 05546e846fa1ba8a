import type { GreyImage } from '../../biometrics/worker-engine.ts';
import { ServiceError } from '../../protocol/errors.ts';
import type { DriverDescription, Reader, ReaderDriver, ReaderDriverEvents, ReaderInfo } from '../reader.ts';

/** A reader for tests: records each call; the test settles the calls that wait. */
export class FakeReader implements Reader {
	readonly info: ReaderInfo;
	readonly calls: string[] = [];
	/** Implements `open`; replace it to fail or to hang. */
	onOpen: () => Promise<void> = async () => {};
	/** Implements `close`; replace it to fail or to hang. */
	onClose: () => Promise<void> = async () => {};
	private pending: { settle: (image: GreyImage) => void; reject: (error: unknown) => void } | undefined;

	constructor(info: Partial<ReaderInfo> = {}) {
		this.info = {
			driver: 'fake',
			serialNumber: 'FAKE-1',
			model: 'Fake reader',
			firmwareVersion: '0.1',
			isVirtual: false,
			...info,
		};
	}

	async open(): Promise<void> {
		this.calls.push('open');
		await this.onOpen();
	}

	async close(): Promise<void> {
		this.calls.push('close');
		await this.onClose();
	}

	async nextTouch(signal: AbortSignal): Promise<GreyImage> {
		return this.wait('nextTouch', signal);
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		await this.wait('waitForLift', signal);
	}

	/** Whether a call waits for `answer` or `fail`. */
	get isWaiting(): boolean {
		return this.pending !== undefined;
	}

	/** Resolves the pending call; throws if there is none. */
	answer(image: GreyImage = blankImage()): void {
		this.takePending().settle(image);
	}

	/** Rejects the pending call; throws if there is none. */
	fail(error: unknown): void {
		this.takePending().reject(error);
	}

	private wait(call: string, signal: AbortSignal): Promise<GreyImage> {
		this.calls.push(call);
		if (this.pending !== undefined) throw new Error(`${call} called while another call is pending`);
		return new Promise((settle, reject) => {
			this.pending = { settle, reject };
			signal.addEventListener('abort', () => {
				this.pending = undefined;
				reject(signal.reason);
			});
		});
	}

	private takePending() {
		const { pending } = this;
		if (pending === undefined) throw new Error('no call is pending');
		this.pending = undefined;
		return pending;
	}
}

/** A driver for tests, whose readers the test plugs in and out. */
export class FakeDriver implements ReaderDriver {
	readonly name = 'fake';
	/** What `describe` returns. */
	description: DriverDescription = { driver: this.name, state: 'working', isVirtual: false };
	private events: ReaderDriverEvents | undefined;

	async start(events: ReaderDriverEvents): Promise<void> {
		this.events = events;
	}

	async stop(): Promise<void> {
		this.events = undefined;
	}

	async describe(): Promise<DriverDescription> {
		return this.description;
	}

	plug(reader: FakeReader): FakeReader {
		this.started().arrived(reader);
		return reader;
	}

	unplug(reader: FakeReader): void {
		this.started().departed(reader, 'Device unplugged');
	}

	fault(reader: FakeReader, error: ServiceError): void {
		this.started().faulted(reader, error);
	}

	crash(error: ServiceError): void {
		this.started().crashed(error);
	}

	private started(): ReaderDriverEvents {
		if (this.events === undefined) throw new ServiceError('SERVICE_UNAVAILABLE', { message: 'Driver is not started' });
		return this.events;
	}
}

function blankImage(): GreyImage {
	return { width: 4, height: 4, dpi: 500, data: new Uint8Array(16).fill(255) };
}
