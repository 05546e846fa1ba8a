import { EventEmitter } from 'node:events';
import { tryParseOrigin } from '../config/origin.ts';
import type { Clock } from '../time/clock.ts';
import { isOriginAllowed, isOriginListed } from './origins.ts';

/** Most origins that wait for a decision; a further one replaces the one that was refused least recently. */
const MAX_PENDING = 20;

/** The decisions of the operator, as in the settings. */
export interface DecidedOrigins {
	readonly allowed: readonly string[];
	readonly blocked: readonly string[];
}

/** A refused origin that waits for a decision of the operator. */
export interface PendingOrigin {
	readonly origin: string;
	/** Milliseconds since 1970. */
	readonly lastSeenAt: number;
	/** Number of refused connections from this origin. */
	readonly attempts: number;
}

/** Decides which origins may connect, and keeps the refused ones for the operator to decide. */
export class OriginDecisions extends EventEmitter<{ changed: [] }> {
	private readonly clock: Clock;
	private decided: DecidedOrigins;
	private waiting: readonly PendingOrigin[] = [];

	constructor(decided: DecidedOrigins, clock: Clock) {
		super();
		this.decided = decided;
		this.clock = clock;
	}

	/**
	 * Returns whether a connection with this `Origin` header is accepted: pages of this computer and of allowed origins, unless they are
	 * blocked, and native programs, which send no header and need only a key.
	 *
	 * @returns false for `null`, the origin of sandboxed frames and local files
	 */
	isAllowed(origin: string | undefined): boolean {
		const { allowed, blocked } = this.decided;
		return isOriginAllowed(origin, allowed) && !isOriginListed(origin ?? '', blocked);
	}

	/** Records a refused origin. Ignores text that is not an origin, and blocked origins. */
	noteRefused(origin: string): void {
		const normalised = tryParseOrigin(origin);
		if (normalised === undefined || isOriginListed(normalised, this.decided.blocked)) return;
		const attempts = (this.waiting.find((it) => it.origin === normalised)?.attempts ?? 0) + 1;
		const others = this.waiting.filter((it) => it.origin !== normalised);
		this.waiting = [{ origin: normalised, lastSeenAt: this.clock.now(), attempts }, ...others].slice(0, MAX_PENDING);
		this.emit('changed');
	}

	/** Applies the decisions of the operator and removes the decided origins from the pending ones. */
	apply(decided: DecidedOrigins): void {
		this.decided = decided;
		this.waiting = this.waiting.filter(
			({ origin }) => !isOriginListed(origin, [...decided.allowed, ...decided.blocked]),
		);
		this.emit('changed');
	}

	get allowed(): readonly string[] {
		return this.decided.allowed;
	}

	get blocked(): readonly string[] {
		return this.decided.blocked;
	}

	/** Returns the origins that wait for a decision, latest first. */
	get pending(): readonly PendingOrigin[] {
		return this.waiting;
	}
}
