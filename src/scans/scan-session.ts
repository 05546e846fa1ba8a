import type { Extraction } from '../biometrics/extraction/extract-template.ts';
import type { GreyImage } from '../biometrics/images/grey-image.ts';
import type { ReaderLease } from '../devices/device-registry.ts';
import { assertNever } from '../protocol/assert-never.ts';
import type { ScanOptions } from '../protocol/client-messages.ts';
import { type ServiceError, toServiceError } from '../protocol/errors.ts';
import type { Clock } from '../time/clock.ts';
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
	/** Released by the session once it has ended. */
	readonly lease: ReaderLease;
	readonly options: ScanOptions;
	/** Templates to compare the touch with, ISO records; a scan without them ends with a template of its own. */
	readonly candidates: readonly Uint8Array[] | undefined;
	readonly engine: FingerprintEngine;
	/** Does a piece of work in the engine once the reader's earlier ones are done. */
	readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
	readonly clock: Clock;
	readonly onEvent: (event: ScanEvent) => void;
	/** Sees each picture with what was found in it; undefined = nobody does. */
	readonly onPicture: ((image: GreyImage, extraction: Extraction) => void) | undefined;
}

/** Runs the effects of one scan: owns its timer, its reader lease and the signal that ends all waiting. */
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

	/** End it because its owner says so; nothing happens if it has ended already. */
	stop(): void {
		this.dispatch({ type: 'stopped' });
	}

	/** End it because its reader or the service cannot go on; nothing happens if it has ended already. */
	fail(error: ServiceError): void {
		this.dispatch({ type: 'failed', error });
	}

	private dispatch(input: ScanInput): void {
		const next = scanTransition(this.state, input, this.options.options);
		if (next === undefined) return;
		this.state = next.state;
		// The reader is free before the world hears of the end: who starts the next scan on hearing it must find it so, and a page
		// that keeps only the last of several messages must be left with the result, not with the reader turning idle.
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
				this.feed(lease.reader.nextTouch(this.scope.signal).then((image) => ({ type: 'touched', image })));
				break;
			case 'await-lift':
				this.feed(lease.reader.waitForLift(this.scope.signal).then(() => ({ type: 'lifted' })));
				break;
			case 'extract':
				this.feed(this.options.inTurn(() => this.extract(effect.image, effect.accepted)));
				break;
			default:
				assertNever(effect);
		}
	}

	/** Whatever comes of the work becomes the next input; an input that comes too late does not apply any more. */
	private feed(work: Promise<ScanInput>): void {
		work.then(
			(input) => this.dispatch(input),
			(thrown: unknown) => this.dispatch({ type: 'failed', error: toServiceError(thrown) }),
		);
	}

	private async extract(image: GreyImage, accepted: readonly Uint8Array[]): Promise<ScanInput> {
		this.scope.signal.throwIfAborted();
		const extraction = await this.options.engine.extract(image);
		if (!this.scope.signal.aborted) this.options.onPicture?.(image, extraction);
		const outcome = extraction.template && (await this.use(extraction.template, image, extraction, accepted));
		return { type: 'extracted', extraction, outcome };
	}

	private async use(
		template: Uint8Array,
		{ width, height, dpi }: GreyImage,
		{ quality, minutiae }: Extraction,
		accepted: readonly Uint8Array[],
	): Promise<ScanOutcome> {
		const { engine, candidates } = this.options;
		if (candidates !== undefined) return { type: 'compared', comparison: await engine.verify(template, candidates) };
		const single = { template, width, height, dpi, quality, minutiae: minutiae.length };
		const enrolled = accepted.length === 0 ? single : await engine.enrol([...accepted, template]);
		return enrolled === undefined ? { type: 'different-fingers' } : { type: 'enrolled', enrolled };
	}
}
