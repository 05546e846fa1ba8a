import type { Logger } from '../../../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import { usbId } from './hid-device.ts';
import type { ReaderCandidate } from './known-readers.ts';
import type { WatchHidraw } from './watch-hidraw.ts';

/** Between two lists where nothing tells of changes, ms. */
const POLL_MS = 1_000;
/** The same where changes are told, as a net below them, ms. */
const NET_MS = 5_000;
/** Lists after a change, ms after one another: one for all that happens together, two for what comes late. */
const AFTER_CHANGE_MS = [10, 90, 900] as const;
/** How long a device whose port has ended may still be listed before it counts as plugged in, ms. */
const GHOST_MS = 1_000;
/** So many lists in a row must fail before discovery gives up. */
const MAX_FAILURES = 3;

export interface HidDiscoveryEvents {
	arrived(candidate: ReaderCandidate): void;
	/** @param candidate the very object that arrived; not reported for one that was given up by `lose` */
	departed(candidate: ReaderCandidate): void;
	/** The devices cannot be listed any more; nothing is reported from now on. */
	failed(error: ServiceError): void;
}

export interface HidDiscoveryOptions {
	readonly clock: Clock;
	readonly logger: Logger;
	/** One call at a time, which discovery sees to. */
	readonly list: () => Promise<readonly ReaderCandidate[]>;
	/** Undefined where nothing tells of changes. */
	readonly watch: WatchHidraw | undefined;
	readonly events: HidDiscoveryEvents;
}

/** A candidate as it was listed last; `lostAt` once its owner has noticed that it is gone, milliseconds since 1970. */
interface Listed {
	readonly candidate: ReaderCandidate;
	lostAt: number | undefined;
}

/** Finds out which candidates are plugged in: lists them at the start, after each change, and every few seconds. */
export class HidDiscovery {
	private readonly options: HidDiscoveryOptions;
	private listed = new Map<string, Listed>();
	private endWatch: (() => void) | undefined;
	private isStopped = false;
	private isListing = false;
	private failures = 0;
	/** Pauses before the next lists, ms; after these the usual one repeats. */
	private pauses: number[] = [];
	private nextListAt = 0;
	private cancelList: () => void = () => {};

	constructor(options: HidDiscoveryOptions) {
		this.options = options;
	}

	/** Resolves once all that is plugged in has been reported. @throws ServiceError why it cannot be listed; then it is stopped */
	async start(): Promise<void> {
		// Before the list, or what changes in between would go unnoticed.
		this.beginWatch();
		this.isListing = true;
		try {
			this.compare(await this.options.list());
		} catch (thrown) {
			this.stop();
			throw toServiceError(thrown);
		}
		this.isListing = false;
		this.plan();
	}

	/** Nothing is reported from now on; idempotent. */
	stop(): void {
		this.isStopped = true;
		this.cancelList();
		this.endWatch?.();
		this.endWatch = undefined;
	}

	/** Its owner has noticed that a candidate is gone; if the list goes on showing it, it arrives anew after a while. */
	lose(candidate: ReaderCandidate): void {
		for (const listed of this.listed.values()) {
			if (listed.candidate === candidate) listed.lostAt = this.options.clock.now();
		}
		this.hurry();
	}

	private beginWatch(): void {
		const { watch, logger } = this.options;
		const onError = (error: unknown) => {
			this.endWatch = undefined;
			logger.warn('Changes of HID devices cannot be watched: they are listed every second', { error });
		};
		try {
			this.endWatch = watch?.(
				() => this.hurry(),
				(error) => {
					onError(error);
					this.hurry();
				},
			);
		} catch (error) {
			onError(error);
		}
	}

	private hurry(): void {
		this.pauses = [...AFTER_CHANGE_MS];
		const isSoonEnough = this.nextListAt - this.options.clock.now() <= AFTER_CHANGE_MS[0];
		// Changes without end must not put off the list without end.
		if (!this.isListing && !isSoonEnough) this.plan();
	}

	private plan(): void {
		this.cancelList();
		if (this.isStopped) return;
		const { clock } = this.options;
		const pauseMs = this.pauses.shift() ?? (this.endWatch === undefined ? POLL_MS : NET_MS);
		this.nextListAt = clock.now() + pauseMs;
		this.cancelList = clock.after(pauseMs, () => void this.listAgain());
	}

	private async listAgain(): Promise<void> {
		this.isListing = true;
		try {
			this.compare(await this.options.list());
			this.failures = 0;
		} catch (thrown) {
			this.onFailure(toServiceError(thrown));
		}
		this.isListing = false;
		this.plan();
	}

	private onFailure(error: ServiceError): void {
		if (this.isStopped || ++this.failures < MAX_FAILURES) return;
		this.stop();
		this.options.events.failed(error);
	}

	private compare(candidates: readonly ReaderCandidate[]): void {
		if (this.isStopped) return;
		const now = new Map(candidates.map((candidate) => [keyOf(candidate), candidate]));
		// Those that left first: a replugged reader gets back what the old one has given up.
		for (const [key, listed] of this.listed) if (!now.has(key) || this.isGhost(listed)) this.remove(key, listed);
		for (const [key, candidate] of now) if (!this.listed.has(key)) this.add(key, candidate);
	}

	private isGhost({ lostAt }: Listed): boolean {
		return lostAt !== undefined && this.options.clock.now() - lostAt >= GHOST_MS;
	}

	private add(key: string, candidate: ReaderCandidate): void {
		this.listed.set(key, { candidate, lostAt: undefined });
		this.options.events.arrived(candidate);
	}

	private remove(key: string, { candidate, lostAt }: Listed): void {
		this.listed.delete(key);
		if (lostAt === undefined) this.options.events.departed(candidate);
	}
}

/** The same path may belong to another device by the time of the next list. */
function keyOf({ device }: ReaderCandidate): string {
	return `${device.path} ${usbId(device)} ${device.serialNumber ?? ''}`;
}
