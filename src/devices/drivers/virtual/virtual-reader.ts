import { randomInt } from 'node:crypto';
import type { GreyImage } from '../../../biometrics/images/grey-image.ts';
import { ServiceError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../time/clock.ts';
import type { Reader, ReaderInfo } from '../../reader.ts';
import { Sensor } from './finger-presence.ts';
import type { Artist } from './synthesis/finger-synthesis.ts';
import type { HandTouch } from './touch.ts';

/** How long after a scan asked for it a finger lifts by itself, ms. */
const LIFT_DELAY_MS = 200;

export interface VirtualReaderOptions {
	readonly serialNumber: string;
	readonly clock: Clock;
	readonly artist: Artist;
	/** True: the reader does by itself what a scan waits for, unless a hand has taken over that scan. */
	readonly autoTouch: boolean;
	/** From the start of the wait until the reader touches by itself, ms. */
	readonly touchDelayMs: number;
	/** Whose finger touches by itself until a hand has put down one. */
	readonly person: number;
}

/** All calls with one signal. */
interface Scan {
	readonly signal: AbortSignal;
	/** A hand has touched: nothing happens by itself until the scan is over. */
	isByHand: boolean;
	stopListening(): void;
}

/** A reader without hardware, driven by hand, by itself, or both. */
export class VirtualReader implements Reader {
	readonly info: ReaderInfo;
	private readonly options: VirtualReaderOptions;
	private readonly sensor = new Sensor();
	/** Why calls are refused; undefined while the reader is open and well. */
	private refusal: ServiceError | undefined = notOpen();
	private isUnplugged = false;
	private scan: Scan | undefined;
	/** The finger that touches by itself: the last one a hand has put down. */
	private habit: Pick<HandTouch, 'person' | 'finger'>;
	private handTouchesUnderWay = 0;
	private liftCount = 0;

	constructor(options: VirtualReaderOptions) {
		this.options = options;
		this.habit = { person: options.person, finger: 2 };
		this.info = {
			driver: 'virtual',
			serialNumber: options.serialNumber,
			model: 'Virtual SLK20R',
			firmwareVersion: '1.0.0',
			isVirtual: true,
		};
	}

	async open(): Promise<void> {
		if (this.isUnplugged) throw new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is unplugged' });
		this.refusal = undefined;
	}

	async close(): Promise<void> {
		if (this.isUnplugged) return;
		this.refusal = notOpen();
		this.endScan(this.refusal);
	}

	async nextTouch(signal: AbortSignal): Promise<GreyImage> {
		const scan = this.enter(signal);
		if (this.sensor.isTouched || !this.isLeftAlone(scan)) return this.sensor.nextTouch();
		const callOff = this.touchByItself(scan);
		return this.sensor.nextTouch().finally(callOff);
	}

	async waitForLift(signal: AbortSignal): Promise<void> {
		const scan = this.enter(signal);
		if (!this.sensor.isTouched || !this.isLeftAlone(scan)) return this.sensor.waitForLift();
		const callOff = this.liftByItself(scan);
		return this.sensor.waitForLift().finally(callOff);
	}

	/**
	 * Put a finger down by hand; one that rests there changes its picture, which is no lift. Resolves once it is down.
	 *
	 * @throws ServiceError DEVICE_DISCONNECTED, INTERNAL_ERROR
	 */
	async touch({ person, finger, condition, seed = freshSeed() }: HandTouch): Promise<void> {
		const liftsBefore = this.liftCount;
		this.habit = { person, finger };
		if (this.scan) this.scan.isByHand = true;
		this.handTouchesUnderWay++;
		const drawing = this.options.artist.draw({ person, finger, condition, seed });
		const picture = await drawing.finally(() => this.handTouchesUnderWay--);
		if (this.isUnplugged) throw new ServiceError('DEVICE_DISCONNECTED');
		this.sensor.putDown(picture);
		// A lift ordered while the finger was being drawn comes after this touch.
		if (this.liftCount !== liftsBefore) this.sensor.lift();
	}

	/** Lift whatever finger rests there; harmless when none does. */
	lift(): void {
		this.liftCount++;
		this.sensor.lift();
	}

	/** Calls under way and later ones reject with DEVICE_DISCONNECTED, for good. */
	unplug(): void {
		this.isUnplugged = true;
		this.refusal = new ServiceError('DEVICE_DISCONNECTED');
		this.endScan(this.refusal);
	}

	/** Calls under way and later ones reject with `error` until the reader is opened again. */
	fail(error: ServiceError): void {
		this.refusal = error;
		this.sensor.interrupt(error);
	}

	private enter(signal: AbortSignal): Scan {
		signal.throwIfAborted();
		if (this.refusal) throw this.refusal;
		if (this.sensor.isAwaited) throw new ServiceError('DEVICE_BUSY');
		if (this.scan?.signal !== signal) this.scan = this.startScan(signal);
		return this.scan;
	}

	private startScan(signal: AbortSignal): Scan {
		this.scan?.stopListening();
		const onAbort = () => this.endScan(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		return {
			signal,
			isByHand: this.sensor.isTouched || this.handTouchesUnderWay > 0,
			stopListening: () => signal.removeEventListener('abort', onAbort),
		};
	}

	/** If the reader acts by itself, the next scan starts clean, whoever put down the finger. */
	private endScan(reason: unknown): void {
		if (!this.scan) return;
		this.scan.stopListening();
		this.scan = undefined;
		this.sensor.interrupt(reason);
		if (this.options.autoTouch) this.lift();
	}

	private isLeftAlone(scan: Scan): boolean {
		return this.options.autoTouch && this.scan === scan && !scan.isByHand;
	}

	private touchByItself(scan: Scan): () => void {
		const { artist, clock, touchDelayMs } = this.options;
		let isCalledOff = false;
		let cancelDelay = () => {};
		const delay = new Promise<void>((resolve) => {
			cancelDelay = clock.after(touchDelayMs, resolve);
		});
		const act = (action: () => void) => {
			if (!isCalledOff && this.isLeftAlone(scan)) action();
		};
		Promise.all([artist.draw({ ...this.habit, condition: 'good', seed: freshSeed() }), delay]).then(
			([picture]) => act(() => this.sensor.putDown(picture)),
			(cause) => act(() => this.sensor.interrupt(new ServiceError('DEVICE_INIT_FAILED', { cause }))),
		);
		return () => {
			isCalledOff = true;
			cancelDelay();
		};
	}

	private liftByItself(scan: Scan): () => void {
		return this.options.clock.after(LIFT_DELAY_MS, () => {
			if (this.isLeftAlone(scan)) this.sensor.lift();
		});
	}
}

function notOpen(): ServiceError {
	return new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is not open' });
}

function freshSeed(): number {
	return randomInt(2 ** 32);
}
