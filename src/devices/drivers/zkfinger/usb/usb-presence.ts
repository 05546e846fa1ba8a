import type { Clock } from '../../../../time/clock.ts';
import { repeat } from '../../../../time/repeat.ts';

/** A plugged-in USB device of ZKTeco. */
export interface UsbDevice {
	/** Position on the bus. On Linux it changes with every replug. */
	readonly address: string;
	readonly productId: number;
}

/** Lists plugged-in ZKTeco devices without the vendor's library, which searches for devices only when it starts. */
export interface UsbPresence {
	/** Returns the plugged-in devices; undefined if this system cannot list USB devices. */
	list(): Promise<readonly UsbDevice[] | undefined>;
	/** Calls `onHint` whenever the result of `list` may have changed. @returns a function that ends it; idempotent */
	watch(onHint: () => void): () => void;
}

/** How often to hint at a possible change, ms. */
const HINT_INTERVAL_MS = 10_000;

/** Used on systems whose USB devices cannot be listed. */
export class UnsupportedUsbPresence implements UsbPresence {
	private readonly clock: Clock;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	async list(): Promise<undefined> {
		return undefined;
	}

	watch(onHint: () => void): () => void {
		return repeat(this.clock, HINT_INTERVAL_MS, onHint);
	}
}
