import { randomInt } from 'node:crypto';
import type { GreyImage } from '../../../biometrics/worker-engine.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';
import { ReaderCalls } from '../../reader-calls.ts';
import type { TouchRequest } from '../../virtual-control.ts';
import { FingerPresence } from './finger-presence.ts';
import type { FingerSynthesis } from './synthesis/finger-synthesis.ts';

/** Delay of an automatic lift after a scan begins to wait for it, ms. */
const LIFT_DELAY_MS = 200;

export interface VirtualReaderOptions {
	readonly serialNumber: string;
	readonly clock: Clock;
	readonly synthesis: FingerSynthesis;
	/** Whether the reader touches and lifts automatically when a scan waits for it, until a manual touch. */
	readonly autoTouch: boolean;
	/** Delay of an automatic touch after a scan begins to wait for it, ms. */
	readonly touchDelayMs: number;
	/** The person whose finger touches automatically until the first manual touch. */
	readonly person: number;
}

/** State of a scan, that is, of all calls with the same signal. */
interface CurrentScan {
	readonly signal: AbortSignal;
	/** Whether a manual touch occurred, after which nothing happens automatically until the scan ends. */
	isManual: boolean;
	stopListening(): void;
}

/** A reader without hardware. Fingers are placed on it manually, automatically, or both. */
export class VirtualReader implements Reader {
	readonly info: ReaderInfo;
	private readonly options: VirtualReaderOptions;
	private readonly presence = new FingerPresence();
	private readonly calls = new ReaderCalls();
	private scan: CurrentScan | undefined;
	/** The finger of the next automatic touch: that of the last manual touch. */
	private automaticFinger: Pick<TouchRequest, 'person' | 'finger'>;
	private pendingManualTouches = 0;
	private liftCount = 0;

	constructor(options: VirtualReaderOptions) {
		this.options = options;
		this.automaticFinger = { person: options.person, finger: 2 };
		this.info = {
			driver: 'virtual',
			serialNumber: options.serialNumber,
			model: 'Virtual SLK20R',
			firmwareVersion: '1.0.0',
			isVirtual: true,
		};
	}

	async open(): Promise<void> {
		this.calls.accept();
	}

	async close(): Promise<void> {
		this.calls.refuse();
		this.endScan();
	}

	async nextTouch(signal: AbortSignal): Promise<GreyImage> {
		return this.run(signal, (scan) => {
			if (this.presence.isTouched || !this.actsAutomatically(scan)) return this.presence.nextTouch();
			const cancel = this.startAutomaticTouch(scan);
			return this.presence.nextTouch().finally(cancel);
		});
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		return this.run(signal, (scan) => {
			if (!this.presence.isTouched || !this.actsAutomatically(scan)) return this.presence.waitForLift();
			const cancel = this.startAutomaticLift(scan);
			return this.presence.waitForLift().finally(cancel);
		});
	}

	/**
	 * Places a finger on the reader (a manual touch) and resolves once it rests there. If a finger already rests there, only its
	 * image changes, without a lift.
	 *
	 * @throws ServiceError DEVICE_DISCONNECTED, INTERNAL_ERROR
	 */
	async touch({ person, finger, condition, window, seed = randomSeed() }: TouchRequest): Promise<void> {
		const liftsBefore = this.liftCount;
		this.automaticFinger = { person, finger };
		if (this.scan) this.scan.isManual = true;
		this.pendingManualTouches++;
		const synthesising = this.options.synthesis.synthesise({ person, finger, condition, window, seed });
		const image = await synthesising.finally(() => this.pendingManualTouches--);
		if (this.calls.isUnplugged) throw new ServiceError('DEVICE_DISCONNECTED');
		this.presence.place(image);
		// A lift that was requested while the image was synthesised follows this touch.
		if (this.liftCount !== liftsBefore) this.presence.lift();
	}

	/** Lifts the finger, if there is one. */
	lift(): void {
		this.liftCount++;
		this.presence.lift();
	}

	/** Makes running and all later calls reject with DEVICE_DISCONNECTED. */
	unplug(): void {
		this.calls.unplug();
		this.endScan();
	}

	/** Makes running and later calls reject with `error` until the reader is opened again. */
	fail(error: ServiceError): void {
		this.calls.refuse(error);
	}

	private run<T>(signal: AbortSignal, wait: (scan: CurrentScan) => Promise<T>): Promise<T> {
		return this.calls.run(signal, (call) => {
			call.addEventListener('abort', () => this.presence.interrupt(call.reason), { once: true });
			if (this.scan?.signal !== signal) this.scan = this.startScan(signal);
			return wait(this.scan);
		});
	}

	private startScan(signal: AbortSignal): CurrentScan {
		this.scan?.stopListening();
		const onAbort = () => this.endScan();
		signal.addEventListener('abort', onAbort, { once: true });
		return {
			signal,
			isManual: this.presence.isTouched || this.pendingManualTouches > 0,
			stopListening: () => signal.removeEventListener('abort', onAbort),
		};
	}

	/** Ends the scan. With automatic touches, the finger lifts, also after a manual touch, so that the next scan starts without one. */
	private endScan(): void {
		if (!this.scan) return;
		this.scan.stopListening();
		this.scan = undefined;
		if (this.options.autoTouch) this.lift();
	}

	private actsAutomatically(scan: CurrentScan): boolean {
		return this.options.autoTouch && this.scan === scan && !scan.isManual;
	}

	private startAutomaticTouch(scan: CurrentScan): () => void {
		const { synthesis, clock, touchDelayMs } = this.options;
		let isCancelled = false;
		let cancelDelay = () => {};
		const delay = new Promise<void>((resolve) => {
			cancelDelay = clock.after(touchDelayMs, resolve);
		});
		const act = (action: () => void) => {
			if (!isCancelled && this.actsAutomatically(scan)) action();
		};
		Promise.all([synthesis.synthesise({ ...this.automaticFinger, condition: 'good', seed: randomSeed() }), delay]).then(
			([image]) => act(() => this.presence.place(image)),
			(cause) => act(() => this.presence.interrupt(new ServiceError('DEVICE_INIT_FAILED', { cause }))),
		);
		return () => {
			isCancelled = true;
			cancelDelay();
		};
	}

	private startAutomaticLift(scan: CurrentScan): () => void {
		return this.options.clock.after(LIFT_DELAY_MS, () => {
			if (this.actsAutomatically(scan)) this.presence.lift();
		});
	}
}

function randomSeed(): number {
	return randomInt(2 ** 32);
}
