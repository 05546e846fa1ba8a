import type { Clock } from '../../time/clock.ts';

export interface HeartbeatOptions {
	readonly clock: Clock;
	/** Time between two pings, ms. */
	readonly intervalMs: number;
	/** Time from an unanswered ping until `onTimeout`, ms. */
	readonly timeoutMs: number;
	readonly ping: () => void;
	readonly onTimeout: () => void;
}

/** Pings one client regularly and reports when it stops answering. */
export class Heartbeat {
	private readonly options: HeartbeatOptions;
	private cancelPing: () => void = () => {};
	private cancelDeadline: (() => void) | undefined;

	constructor(options: HeartbeatOptions) {
		this.options = options;
	}

	start(): void {
		const { clock, intervalMs, timeoutMs, ping, onTimeout } = this.options;
		this.cancelPing = clock.after(intervalMs, () => {
			this.start();
			this.cancelDeadline ??= clock.after(timeoutMs, onTimeout);
			ping();
		});
	}

	/** Cancels the timeout; one pong answers every ping before it. */
	pongReceived(): void {
		this.cancelDeadline?.();
		this.cancelDeadline = undefined;
	}

	stop(): void {
		this.cancelPing();
		this.pongReceived();
	}
}
