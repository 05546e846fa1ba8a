import type { Logger } from '../../../../log/logger.ts';
import { type ServiceError, toServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import { usbId } from './hid-device.ts';
import type { ReaderCandidate } from './known-readers.ts';
import type { WatchHidraw } from './watch-hidraw.ts';

/** Interval between two lists when changes are not reported, ms. */
const POLL_INTERVAL_MS = 1_000;
/** Interval between two lists when changes are reported, in case a report is missed, ms. */
const WATCHED_POLL_INTERVAL_MS = 5_000;
/** Delays between the lists after a change, ms. The first list covers simultaneous changes, the others find devices that the system lists late. */
const CHANGE_DELAYS_MS = [10, 90, 900] as const;
/** Time after which an unplugged device that is still listed counts as plugged in again, ms. */
const STALE_ENTRY_TIMEOUT_MS = 1_000;
/** Number of consecutive failed lists after which discovery stops. */
const MAX_FAILURES = 3;

export interface HidDiscoveryEvents {
	arrived(candidate: ReaderCandidate): void;
	/** @param candidate the same object that arrived. Not called after `markUnplugged` for this candidate. */
	departed(candidate: ReaderCandidate): void;
	/** Called when the devices can no longer be listed; no event follows. */
	failed(error: ServiceError): void;
}

export interface HidDiscoveryOptions {
	readonly clock: Clock;
	readonly logger: Logger;
	/** Lists the candidates; never called again before it settles. */
	readonly list: () => Promise<readonly ReaderCandidate[]>;
	/** Undefined when changes are not reported. */
	readonly watch: WatchHidraw | undefined;
	readonly events: HidDiscoveryEvents;
}

/** A candidate from the last list. */
interface ListedCandidate {
	readonly candidate: ReaderCandidate;
	/** Time when `markUnplugged` was called for this candidate, monotonic ms. */
	unpluggedMonotonic: number | undefined;
}

/** Reports which candidates are plugged in: lists them at the start, after each change, and every few seconds. */
export class HidDiscovery {
	private readonly options: HidDiscoveryOptions;
	private listed = new Map<string, ListedCandidate>();
	private endWatch: (() => void) | undefined;
	private isStopped = false;
	private isListing = false;
	private failures = 0;
	/** Delays before the next lists, ms; after these the normal interval applies. */
	private nextDelays: number[] = [];
	private nextListMonotonic = 0;
	private cancelList: () => void = () => {};

	constructor(options: HidDiscoveryOptions) {
		this.options = options;
	}

	/** Resolves once everything plugged in has been reported. Stops on failure. @throws ServiceError with the reason why listing failed */
	async start(): Promise<void> {
		// Before the list, because otherwise a change between the two would be missed.
		this.beginWatch();
		this.isListing = true;
		try {
			this.compare(await this.options.list());
		} catch (thrown) {
			this.stop();
			throw toServiceError(thrown);
		}
		this.isListing = false;
		this.scheduleList();
	}

	/** No event is reported after this call; idempotent. */
	stop(): void {
		this.isStopped = true;
		this.cancelList();
		this.endWatch?.();
		this.endWatch = undefined;
	}

	/** Marks a candidate that the caller found to be unplugged. If it stays listed for a second, it arrives again. */
	markUnplugged(candidate: ReaderCandidate): void {
		for (const listed of this.listed.values()) {
			if (listed.candidate === candidate) listed.unpluggedMonotonic = this.options.clock.monotonic();
		}
		this.listSoon();
	}

	private beginWatch(): void {
		const { watch, logger } = this.options;
		const onError = (error: unknown) => {
			this.endWatch = undefined;
			logger.warn('HID devices cannot be watched for changes: the service lists them every second instead', { error });
		};
		try {
			this.endWatch = watch?.(
				() => this.listSoon(),
				(error) => {
					onError(error);
					this.listSoon();
				},
			);
		} catch (error) {
			onError(error);
		}
	}

	private listSoon(): void {
		this.nextDelays = [...CHANGE_DELAYS_MS];
		const isDueSoon = this.nextListMonotonic - this.options.clock.monotonic() <= CHANGE_DELAYS_MS[0];
		// Continuous changes must not postpone the list indefinitely.
		if (!this.isListing && !isDueSoon) this.scheduleList();
	}

	private scheduleList(): void {
		this.cancelList();
		if (this.isStopped) return;
		const { clock } = this.options;
		const delayMs =
			this.nextDelays.shift() ?? (this.endWatch === undefined ? POLL_INTERVAL_MS : WATCHED_POLL_INTERVAL_MS);
		this.nextListMonotonic = clock.monotonic() + delayMs;
		this.cancelList = clock.after(delayMs, () => void this.listAgain());
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
		this.scheduleList();
	}

	private onFailure(error: ServiceError): void {
		if (this.isStopped || ++this.failures < MAX_FAILURES) return;
		this.stop();
		this.options.events.failed(error);
	}

	private compare(candidates: readonly ReaderCandidate[]): void {
		if (this.isStopped) return;
		const current = new Map(candidates.map((candidate) => [keyOf(candidate), candidate]));
		// Departures first, so that a reader that was plugged in again can reuse its serial number.
		for (const [key, listed] of this.listed)
			if (!current.has(key) || this.isPluggedInAgain(listed)) this.remove(key, listed);
		for (const [key, candidate] of current) if (!this.listed.has(key)) this.add(key, candidate);
	}

	private isPluggedInAgain({ unpluggedMonotonic }: ListedCandidate): boolean {
		return (
			unpluggedMonotonic !== undefined && this.options.clock.monotonic() - unpluggedMonotonic >= STALE_ENTRY_TIMEOUT_MS
		);
	}

	private add(key: string, candidate: ReaderCandidate): void {
		this.listed.set(key, { candidate, unpluggedMonotonic: undefined });
		this.options.events.arrived(candidate);
	}

	private remove(key: string, { candidate, unpluggedMonotonic }: ListedCandidate): void {
		this.listed.delete(key);
		if (unpluggedMonotonic === undefined) this.options.events.departed(candidate);
	}
}

/** Identifies a device in successive lists. The path alone does not, because another device may get the same path. */
function keyOf({ device }: ReaderCandidate): string {
	return `${device.path} ${usbId(device)} ${device.serialNumber ?? ''}`;
}
