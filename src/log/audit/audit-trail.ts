import { type Clock, timestamp } from '../../time/clock.ts';
import { SerialQueue } from '../../time/serial-queue.ts';
import type { Logger } from '../logger.ts';
import type { AuditDraft } from './audit-entry.ts';
import { type AuditEvent, auditEventSchema } from './audit-event.ts';
import { appendEntries } from './audit-files.ts';

/** Shortest time between two log lines about failed writes, ms. */
const REPORT_INTERVAL_MS = 60_000;
/** Most entries that wait for a disk that does not answer. */
const MAX_WAITING = 10_000;

export interface AuditTrailOptions {
	/** Folder of the trail, created with the first entry. */
	readonly dir: string;
	readonly clock: Clock;
	readonly logger: Pick<Logger, 'error'>;
	/** Runs one write while no other process writes to the trail. */
	readonly lock: (write: () => Promise<void>) => Promise<void>;
}

/** Entries that could not be written. */
interface Missed {
	readonly count: number;
	/** ISO 8601: time of the first of them. */
	readonly since: string;
}

/**
 * Records who did what, in files of JSON lines of which each contains the hash of the one before. `verifyTrail` checks them.
 *
 * Recording never throws and never delays the caller. Entries that cannot be written are dropped, counted, and the number is part
 * of the next entry that can be written.
 */
export class AuditTrail {
	private readonly options: AuditTrailOptions;
	private readonly queue = new SerialQueue();
	private waiting: AuditDraft[] = [];
	private missed: Missed | undefined;
	private reportedAt: number | undefined;

	constructor(options: AuditTrailOptions) {
		this.options = options;
	}

	/** Records an event. Entries keep their order; those of one turn of the event loop are written together. */
	record(event: AuditEvent): void {
		const time = timestamp(this.options.clock);
		const { success, data, error } = auditEventSchema.safeParse(event);
		if (!success) {
			this.miss({ count: 1, since: time }, error);
			return;
		}
		if (this.waiting.length >= MAX_WAITING) {
			this.miss({ count: 1, since: time }, `${MAX_WAITING} entries wait for the disk`);
			return;
		}
		this.waiting.push({ time, event: data });
		if (this.waiting.length === 1) void this.queue.run(() => this.write());
	}

	/** Resolves once every earlier entry is on disk or counted as missed. */
	flush(): Promise<void> {
		return this.queue.run(() => {});
	}

	private async write(): Promise<void> {
		const { dir, clock, lock } = this.options;
		let taken: readonly AuditDraft[] = [];
		let missed: Missed | undefined;
		try {
			await lock(async () => {
				// Taken as late as possible, so that entries recorded while another process writes are written together.
				[taken, this.waiting] = [this.waiting, []];
				[missed, this.missed] = [this.missed, undefined];
				await appendEntries(dir, clock.now(), [...this.missedEntry(missed), ...taken]);
			});
		} catch (error) {
			// If the lock failed, nothing was taken.
			if (taken.length === 0) [taken, this.waiting] = [this.waiting, []];
			this.miss({ count: (missed?.count ?? 0) + taken.length, since: missed?.since ?? taken[0]?.time ?? '' }, error);
		}
	}

	private missedEntry(missed: Missed | undefined): AuditDraft[] {
		if (missed === undefined) return [];
		return [
			{ time: timestamp(this.options.clock), event: auditEventSchema.parse({ event: 'audit:missed', ...missed }) },
		];
	}

	private miss({ count, since }: Missed, error: unknown): void {
		this.missed = { count: count + (this.missed?.count ?? 0), since: this.missed?.since ?? since };
		const now = this.options.clock.monotonic();
		if (this.reportedAt !== undefined && now - this.reportedAt < REPORT_INTERVAL_MS) return;
		this.reportedAt = now;
		const message = 'The audit trail cannot be written: check the permissions of its folder and the free space';
		this.options.logger.error(message, { folder: this.options.dir, missed: this.missed.count, error });
	}
}
