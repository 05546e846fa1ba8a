import { randomInt } from 'node:crypto';
import type { GreyImage } from '../../../biometrics/worker-engine.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';
import { ReaderCalls } from '../../reader-calls.ts';
import type { TouchRequest } from '../../virtual-control.ts';
import { FingerPresence } from './finger-presence.ts';
import type { FingerSynthesis } from './synthesis/finger-synthesis.ts';

/** How long after a scan asked for it a finger lifts by itself, ms. */
const LIFT_DELAY_MS = 200;

export interface VirtualReaderOptions {
	readonly serialNumber: string;
	readonly clock: Clock;
	readonly synthesis: FingerSynthesis;
	/** True: the reader does by itself what a scan waits for, unless a hand has taken over that scan. */
	readonly autoTouch: boolean;
	/** From the start of the wait until the reader touches by itself, ms. */
	readonly touchDelayMs: number;
	/** Whose finger touches by itself until a hand has put down one. */
	readonly person: number;
}

/** All calls with one signal. */
interface CurrentScan {
	readonly signal: AbortSignal;
	/** A hand has touched: nothing happens by itself until the scan is over. */
	isManual: boolean;
	stopListening(): void;
}

/** A reader without hardware, driven by hand, by itself, or both. */
export class VirtualReader implements Reader {
	readonly info: ReaderInfo;
	private readonly options: VirtualReaderOptions;
	private readonly presence = new FingerPresence();
	private readonly calls = new ReaderCalls();
	private scan: CurrentScan | undefined;
	/** The finger that touches by itself: the last one a hand has put down. */
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
			const callOff = this.startAutomaticTouch(scan);
			return this.presence.nextTouch().finally(callOff);
		});
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		return this.run(signal, (scan) => {
			if (!this.presence.isTouched || !this.actsAutomatically(scan)) return this.presence.waitForLift();
			const callOff = this.startAutomaticLift(scan);
			return this.presence.waitForLift().finally(callOff);
		});
	}

	/**
	 * Put a finger down by hand; one that rests there changes its picture, which is no lift. Resolves once it is down.
	 *
	 * @throws ServiceError DEVICE_DISCONNECTED, INTERNAL_ERROR
	 */
	async touch({ person, finger, condition, seed = freshSeed() }: TouchRequest): Promise<void> {
		const liftsBefore = this.liftCount;
		this.automaticFinger = { person, finger };
		if (this.scan) this.scan.isManual = true;
		this.pendingManualTouches++;
		const drawing = this.options.synthesis.synthesise({ person, finger, condition, seed });
		const picture = await drawing.finally(() => this.pendingManualTouches--);
		if (this.calls.isUnplugged) throw new ServiceError('DEVICE_DISCONNECTED');
		this.presence.putDown(picture);
		// A lift ordered while the finger was being drawn comes after this touch.
		if (this.liftCount !== liftsBefore) this.presence.lift();
	}

	/** Lift whatever finger rests there; harmless when none does. */
	lift(): void {
		this.liftCount++;
		this.presence.lift();
	}

	/** Calls under way and later ones reject with DEVICE_DISCONNECTED, for good. */
	unplug(): void {
		this.calls.unplug();
		this.endScan();
	}

	/** Calls under way and later ones reject with `error` until the reader is opened again. */
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

	/** If the reader acts by itself, the next scan starts clean, whoever put down the finger. */
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
		let isCalledOff = false;
		let cancelDelay = () => {};
		const delay = new Promise<void>((resolve) => {
			cancelDelay = clock.after(touchDelayMs, resolve);
		});
		const act = (action: () => void) => {
			if (!isCalledOff && this.actsAutomatically(scan)) action();
		};
		Promise.all([synthesis.synthesise({ ...this.automaticFinger, condition: 'good', seed: freshSeed() }), delay]).then(
			([picture]) => act(() => this.presence.putDown(picture)),
			(cause) => act(() => this.presence.interrupt(new ServiceError('DEVICE_INIT_FAILED', { cause }))),
		);
		return () => {
			isCalledOff = true;
			cancelDelay();
		};
	}

	private startAutomaticLift(scan: CurrentScan): () => void {
		return this.options.clock.after(LIFT_DELAY_MS, () => {
			if (this.actsAutomatically(scan)) this.presence.lift();
		});
	}
}

function freshSeed(): number {
	return randomInt(2 ** 32);
}
