import { convertRecord, type Extraction, type GreyImage } from '../biometrics/worker-engine.ts';
import type { ReaderLease } from '../devices/device-registry.ts';
import { assertNever } from '../protocol/assert-never.ts';
import type { ScanOptions } from '../protocol/client-messages.ts';
import { type ServiceError, toServiceError } from '../protocol/errors.ts';
import { fieldError } from '../protocol/field-error.ts';
import { MAX_IMAGE_BYTES } from '../protocol/server-messages.ts';
import type { Clock } from '../time/clock.ts';
import type { SerialQueue } from '../time/serial-queue.ts';
import type { FingerprintEngine } from './fingerprint-engine.ts';
import {
	SCAN_START,
	type ScanEffect,
	type ScanEvent,
	type ScanInput,
	type ScanOutcome,
	type ScanState,
	scanTransition,
} from './scan-machine.ts';

export interface ScanSessionOptions {
	/** Released by the session when it ends. */
	readonly lease: ReaderLease;
	readonly options: ScanOptions;
	/** Templates to match the touch with, records of any format that can be read; `undefined` = the scan creates a template. */
	readonly candidates: readonly Uint8Array[] | undefined;
	readonly engine: FingerprintEngine;
	/** Runs the work of this reader in the engine, shared with its earlier and later scans. */
	readonly engineQueue: SerialQueue;
	readonly clock: Clock;
	readonly onEvent: (event: ScanEvent) => void;
	/** Receives each image and its extraction, before the event that results from it. */
	readonly onImage: ((image: GreyImage, extraction: Extraction) => void) | undefined;
}

/** Runs the effects of one scan; owns its timer, its reader lease and the signal that ends all waits. */
export class ScanSession {
	private readonly options: ScanSessionOptions;
	private readonly scope = new AbortController();
	private state: ScanState = SCAN_START.state;
	private cancelTimer: () => void = () => {};

	constructor(options: ScanSessionOptions) {
		this.options = options;
	}

	start(): void {
		this.options.engine.prepare();
		this.run(SCAN_START.effects);
	}

	/** Stops the scan; does nothing if it has ended. */
	stop(): void {
		this.dispatch({ type: 'stopped' });
	}

	/** Ends the scan with an error of its reader or of the service; does nothing if it has ended. */
	fail(error: ServiceError): void {
		this.dispatch({ type: 'failed', error });
	}

	private dispatch(input: ScanInput): void {
		const next = scanTransition(this.state, input, this.options.options);
		if (next === undefined) return;
		this.state = next.state;
		// The reader is released before the terminal event: a client that starts its next scan on that event must find the reader
		// free, and a page that keeps only the last of several messages must keep the result, not the change to idle.
		if (next.state.phase === 'ended') this.cleanUp();
		this.run(next.effects);
	}

	private cleanUp(): void {
		this.scope.abort();
		this.options.lease.release();
	}

	private run(effects: readonly ScanEffect[]): void {
		for (const effect of effects) this.runOne(effect);
	}

	private runOne(effect: ScanEffect): void {
		const { lease, clock, onEvent, options } = this.options;
		switch (effect.type) {
			case 'emit':
				onEvent(effect.event);
				break;
			case 'start-timer':
				this.cancelTimer = clock.after(options.timeout, () => this.dispatch({ type: 'timed-out' }));
				break;
			case 'stop-timer':
				this.cancelTimer();
				break;
			case 'await-touch':
				this.dispatchResult(lease.reader.nextTouch(this.scope.signal).then((image) => ({ type: 'touched', image })));
				break;
			case 'await-lift':
				this.dispatchResult(lease.reader.waitForLift(this.scope.signal).then(() => ({ type: 'lifted' })));
				break;
			case 'extract':
				this.dispatchResult(this.options.engineQueue.run(() => this.extract(effect.image, effect.accepted)));
				break;
			default:
				assertNever(effect);
		}
	}

	/** Dispatches the result or the error of the work as the next input; the machine ignores one that comes too late. */
	private dispatchResult(work: Promise<ScanInput>): void {
		work.then(
			(input) => this.dispatch(input),
			(thrown: unknown) => this.dispatch({ type: 'failed', error: toServiceError(thrown) }),
		);
	}

	private async extract(image: GreyImage, accepted: readonly Uint8Array[]): Promise<ScanInput> {
		this.scope.signal.throwIfAborted();
		const extraction = await this.options.engine.extract(image);
		if (!this.scope.signal.aborted) this.options.onImage?.(image, extraction);
		const outcome = extraction.template && (await this.outcomeOf(extraction.template, image, extraction, accepted));
		return { type: 'extracted', extraction, outcome };
	}

	private async outcomeOf(
		template: Uint8Array,
		image: GreyImage,
		{ quality, minutiae }: Extraction,
		accepted: readonly Uint8Array[],
	): Promise<ScanOutcome> {
		const { engine, candidates, options } = this.options;
		if (candidates !== undefined) {
			const comparison = await engine.verify(template, candidates, options.falseMatchRate);
			return { type: 'compared', comparison };
		}
		const { width, height, dpi } = image;
		const single = { template, width, height, dpi, quality, minutiae: minutiae.length };
		const enrolled = accepted.length === 0 ? single : await engine.enrol([...accepted, template]);
		if (enrolled === undefined) return { type: 'different-fingers' };
		const converted = convertRecord(enrolled.template, options.finger, options.format);
		const png = options.image ? await this.encodePng(image) : undefined;
		return {
			type: 'enrolled',
			enrolled: { ...enrolled, template: converted },
			image: { width, height, dpi, quality, ...(png && { png }) },
		};
	}

	/**
	 * Encodes every touch and not only the best, so that an image which is too large ends an enrolment at its first touch. Such an
	 * image is not made smaller, because it would no longer agree with the template.
	 *
	 * @throws ServiceError INVALID_MESSAGE naming `options.image`
	 */
	private async encodePng(image: GreyImage): Promise<Uint8Array> {
		const png = await this.options.engine.encodePng(image);
		if (png.length <= MAX_IMAGE_BYTES) return png;
		const size = `${Math.ceil(png.length / 1024)} KiB as a PNG, more than ${MAX_IMAGE_BYTES / 1024} KiB`;
		throw fieldError('options.image', `the image of this reader has ${size}; start the scan without it`);
	}
}
