import { EventEmitter, once } from 'node:events';
import type { EnrolledTemplate } from '../../../src/biometrics/worker-engine.ts';
import type { ServiceError } from '../../../src/protocol/errors.ts';
import type { ScanEvent } from '../../../src/scans/scan-machine.ts';
import { monotonicMs } from './measurements.ts';

/** Records the events of a scan and waits for later ones. */
export class ObservedScan {
	/** In order; `at` is `monotonicMs`. */
	readonly events: { readonly event: ScanEvent; readonly at: number }[] = [];
	private readonly changes = new EventEmitter<{ change: [] }>();

	readonly onEvent = (event: ScanEvent): void => {
		this.events.push({ event, at: monotonicMs() });
		this.changes.emit('change');
	};

	/** Waits for the end. @returns the template and when it was reported. @throws Error when the scan ends in another way */
	async completed(): Promise<{ enrolled: EnrolledTemplate; at: number }> {
		const { event, at } = await this.ended();
		if (event.type === 'scan:complete') return { enrolled: event.enrolled, at };
		throw new Error(`the scan ended with ${event.type === 'scan:error' ? event.error.error : event.type}`);
	}

	/** Waits for the end. @returns the error and when it was reported. @throws Error when the scan ends in another way */
	async failed(): Promise<{ error: ServiceError; at: number }> {
		const { event, at } = await this.ended();
		if (event.type === 'scan:error') return { error: event.error, at };
		throw new Error(`the scan ended with ${event.type}`);
	}

	/** Resolves once this many touches of an enrolment are accepted. @throws Error when the scan ends before */
	async progressed(scansCompleted: number): Promise<void> {
		const event = await this.find((each) => isEnd(each) || isProgress(each, scansCompleted));
		if (!isProgress(event.event, scansCompleted)) throw new Error(`the scan ended with ${event.event.type}`);
	}

	private ended(): Promise<{ event: ScanEvent; at: number }> {
		return this.find(isEnd);
	}

	private async find(matches: (event: ScanEvent) => boolean): Promise<{ event: ScanEvent; at: number }> {
		for (;;) {
			const found = this.events.find(({ event }) => matches(event));
			if (found !== undefined) return found;
			await once(this.changes, 'change');
		}
	}
}

function isEnd({ type }: ScanEvent): boolean {
	return type !== 'fingerprint:detected' && type !== 'scan:progress';
}

function isProgress(event: ScanEvent, scansCompleted: number): boolean {
	return event.type === 'scan:progress' && event.scansCompleted === scansCompleted;
}
