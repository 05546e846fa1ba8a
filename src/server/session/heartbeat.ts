import type { Clock } from '../../time/clock.ts';

export interface HeartbeatOptions {
	readonly clock: Clock;
	/** Between two pings, ms. */
	readonly intervalMs: number;
	/** From an unanswered ping until the client counts as gone, ms. */
	readonly timeoutMs: number;
	readonly ping: () => void;
	readonly onSilence: () => void;
}

/** Pings one client and notices when it has fallen silent. */
export class Heartbeat {
	private readonly options: HeartbeatOptions;
	private cancelPing: () => void = () => {};
	private cancelDeadline: (() => void) | undefined;

	constructor(options: HeartbeatOptions) {
		this.options = options;
	}

	start(): void {
		const { clock, intervalMs, timeoutMs, ping, onSilence } = this.options;
		this.cancelPing = clock.after(intervalMs, () => {
			this.start();
			this.cancelDeadline ??= clock.after(timeoutMs, onSilence);
			ping();
		});
	}

	/** A pong came: whatever was open is answered. */
	answered(): void {
		this.cancelDeadline?.();
		this.cancelDeadline = undefined;
	}

	stop(): void {
		this.cancelPing();
		this.answered();
	}
}
