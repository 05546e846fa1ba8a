import { type Clock, timestamp } from '../../time/clock.ts';
import type { AuditEvent } from './audit-event.ts';

/** Events that clients can cause as often as they like. */
export type RepeatableEvent = AuditEvent & { event: 'auth:success' | 'auth:failure' | 'scan' };

const WINDOW_MS = 60_000;
/** Events of one kind that are recorded one by one within a minute: as many as a real reader may scan by default. */
const MAX_SINGLE = 10;
/** Kinds of events that are counted separately within a minute, for each event name; more are counted together. */
const MAX_KINDS = 40;
/** The same for failed authentications: pages and programs can name any origin of this computer. */
const MAX_FAILURE_KINDS = 8;

interface Repeats {
	readonly event: RepeatableEvent;
	/** ISO 8601: time of the first event that was not recorded. */
	since: string;
	total: number;
	/** Events that were not recorded yet. */
	count: number;
}

/**
 * Records events that clients cause, so that a flood of them cannot fill the audit trail. Of those with the same key, origin, reader
 * and outcome it records ten a minute, then their number at the end of the minute. Failed authentications are only counted: one
 * entry per origin and minute.
 */
export class RepeatCounter {
	private readonly clock: Clock;
	private readonly write: (event: AuditEvent) => void;
	private readonly repeats = new Map<string, Repeats>();
	private cancelTimer: (() => void) | undefined;

	/** @param write records one event */
	constructor(clock: Clock, write: (event: AuditEvent) => void) {
		this.clock = clock;
		this.write = write;
	}

	record(event: RepeatableEvent): void {
		this.cancelTimer ??= this.clock.after(WINDOW_MS, () => this.flush());
		const repeats = this.repeatsOf(event);
		repeats.total++;
		if (event.event !== 'auth:failure' && repeats.total <= MAX_SINGLE) {
			this.write(event);
			return;
		}
		if (repeats.count === 0) repeats.since = timestamp(this.clock);
		repeats.count++;
	}

	/** Ends the minute: records the numbers of events that were only counted. Leaves no timer behind. */
	flush(): void {
		this.cancelTimer?.();
		this.cancelTimer = undefined;
		for (const { event, count, since } of this.repeats.values()) {
			if (count > 0) this.write({ ...event, count, since });
		}
		this.repeats.clear();
	}

	private repeatsOf(event: RepeatableEvent): Repeats {
		const kind = kindOf(event);
		const known = this.repeats.get(JSON.stringify(kind));
		if (known !== undefined) return known;
		const siblings = [...this.repeats.values()].filter((it) => it.event.event === event.event).length;
		const limit = event.event === 'auth:failure' ? MAX_FAILURE_KINDS : MAX_KINDS;
		const counted = siblings < limit ? kind : otherKinds(event);
		const key = JSON.stringify(counted);
		const repeats = this.repeats.get(key) ?? {
			event: counted,
			since: '',
			total: siblings < limit ? 0 : MAX_SINGLE,
			count: 0,
		};
		this.repeats.set(key, repeats);
		return repeats;
	}
}

/** Returns the event without what differs between repetitions. */
function kindOf(event: RepeatableEvent): RepeatableEvent {
	return event.event === 'scan' ? { ...event, scanId: undefined } : event;
}

/** Stands for every further kind. */
function otherKinds(event: RepeatableEvent): RepeatableEvent {
	const other = 'others';
	switch (event.event) {
		case 'scan':
			return {
				event: 'scan',
				kind: event.kind,
				outcome: event.outcome,
				deviceId: other,
				keyName: other,
				origin: other,
			};
		case 'auth:failure':
			return { event: 'auth:failure', error: other, origin: other };
		default:
			return { event: 'auth:success', keyName: other, origin: other };
	}
}
