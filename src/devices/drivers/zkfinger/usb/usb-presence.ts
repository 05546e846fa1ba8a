import type { Clock } from '../../../../time/clock.ts';
import { repeat } from '../../../../time/repeat.ts';

/** A device of ZKTeco on the bus. */
export interface UsbDevice {
	/** Where it is plugged in and, where the system tells, since when: then it is another one after every replug. */
	readonly address: string;
	readonly productId: number;
}

/** What of ZKTeco is plugged in, without the vendor's library: that one looks at the bus only when it is started afresh. */
export interface UsbPresence {
	/** @returns undefined when this system does not tell */
	list(): Promise<readonly UsbDevice[] | undefined>;
	/** Calls `onHint` whenever `list` may have changed. @returns ends it; idempotent */
	watch(onHint: () => void): () => void;
}

/** How often somebody may want to look all the same, ms. */
const BLIND_INTERVAL_MS = 10_000;

/** Of a system that does not tell. */
export class BlindUsbPresence implements UsbPresence {
	private readonly clock: Clock;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	async list(): Promise<undefined> {
		return undefined;
	}

	watch(onHint: () => void): () => void {
		return repeat(this.clock, BLIND_INTERVAL_MS, onHint);
	}
}
