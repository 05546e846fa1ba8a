import { type ReadonlySignal, signal } from '@preact/signals';
import { type OperatorApi, OperatorFailure } from '../../src/operator/contract.ts';
import { type TrialInput, type TrialState, trialTransition } from './trial-machine.ts';

const READY: TrialState = { phase: 'ready' };

/** The trial scans of one visit to the view: asks the service, and holds what the operator sees. */
export class TrialSession {
	readonly state: ReadonlySignal<TrialState>;
	private readonly current = signal<TrialState>(READY);
	private readonly operator: Pick<OperatorApi, 'call'>;
	private attempts = 0;

	constructor(console: Pick<OperatorApi, 'call'>) {
		this.operator = console;
		this.state = this.current;
	}

	/** Wait for a finger on this reader; does nothing while one is awaited. */
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

	/** Wait no longer; the state follows when the service has let go of the reader. */
	async stop(): Promise<void> {
		const attempt = this.attempts;
		if (this.current.value.phase !== 'waiting') return;
		try {
			await this.operator.call('trial:stop', {});
		} catch (error) {
			this.refuse(attempt, error);
		}
	}

	/** The ids of the readers that are plugged in now: a scan on another one is over. For an effect, as it reads no signal. */
	followReaders(deviceIds: readonly string[]): void {
		this.apply({ type: 'readers-changed', deviceIds });
	}

	/** End a scan that waits, and let go of the picture. */
	async close(): Promise<void> {
		const stopping = this.stop();
		// An answer that is still to come belongs to nobody.
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
