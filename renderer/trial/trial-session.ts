import { type ReadonlySignal, signal } from '@preact/signals';
import { type OperatorApi, OperatorFailure } from '../../src/operator/contract.ts';
import { type TrialInput, type TrialState, trialTransition } from './trial-machine.ts';

const READY: TrialState = { phase: 'ready' };

/** The trial scans of one visit to the view: calls the service and holds the state. */
export class TrialSession {
	readonly state: ReadonlySignal<TrialState>;
	private readonly current = signal<TrialState>(READY);
	private readonly operator: Pick<OperatorApi, 'call'>;
	private attempts = 0;

	constructor(console: Pick<OperatorApi, 'call'>) {
		this.operator = console;
		this.state = this.current;
	}

	/** Starts a scan on this reader, unless one is in progress. */
	async start(deviceId: string): Promise<void> {
		if (this.current.value.phase === 'waiting') return;
		const attempt = ++this.attempts;
		this.apply({ type: 'started', deviceId, attempt });
		try {
			const scan = await this.operator.call('trial:scan', { deviceId });
			this.apply({ type: 'scanned', attempt, scan });
		} catch (error) {
			this.refuse(attempt, error);
		}
	}

	/** Stops the scan. The state changes when the service has released the reader. */
	async stop(): Promise<void> {
		const attempt = this.attempts;
		if (this.current.value.phase !== 'waiting') return;
		try {
			await this.operator.call('trial:stop', {});
		} catch (error) {
			this.refuse(attempt, error);
		}
	}

	/** Fails the scan if its reader is not in `deviceIds`. Reads no signal, so that an effect can call it. */
	followReaders(deviceIds: readonly string[]): void {
		this.apply({ type: 'readers-changed', deviceIds });
	}

	/** Stops the scan and discards the image. */
	async close(): Promise<void> {
		const stopping = this.stop();
		// A later reply belongs to no attempt and is ignored.
		this.attempts += 1;
		this.current.value = READY;
		await stopping;
	}

	private refuse(attempt: number, error: unknown): void {
		if (!(error instanceof OperatorFailure)) throw error;
		this.apply({ type: 'refused', attempt, problem: error.problem });
	}

	private apply(input: TrialInput): void {
		const next = trialTransition(this.current.peek(), input);
		if (next !== undefined) this.current.value = next;
	}
}
