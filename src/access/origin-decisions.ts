import { EventEmitter } from 'node:events';
import { tryParseOrigin } from '../config/origin.ts';
import type { Clock } from '../time/clock.ts';
import { isOriginAllowed, isOriginListed } from './origins.ts';

/** Origins that wait for a decision at the same time; whoever tries after them pushes out the one that waits longest. */
const MAX_PENDING = 20;

/** What the operator has decided so far, as the settings hold it. */
export interface DecidedOrigins {
	readonly allowed: readonly string[];
	readonly blocked: readonly string[];
}

/** An origin that was refused because nobody has decided about it yet. */
export interface PendingOrigin {
	readonly origin: string;
	/** Milliseconds since 1970. */
	readonly lastSeenAt: number;
	/** How often it was refused. */
	readonly attempts: number;
}

/** Decides whose pages may connect, and remembers who asked in vain. */
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
	 * Whether the `Origin` header of a handshake lets the connection in: pages of this machine and of allowed origins, unless
	 * they are blocked, and native programs, which send none: their key decides.
	 *
	 * @returns false for `null`, the origin of sandboxed frames and local files
	 */
	isAllowed(origin: string | undefined): boolean {
		const { allowed, blocked } = this.decided;
		return isOriginAllowed(origin, allowed) && !isOriginListed(origin ?? '', blocked);
	}

	/** Note that an origin was refused. What is no origin or is decided already leaves no trace. */
	noteRefused(origin: string): void {
		const spelled = tryParseOrigin(origin);
		if (spelled === undefined || isOriginListed(spelled, this.decided.blocked)) return;
		const attempts = (this.waiting.find((it) => it.origin === spelled)?.attempts ?? 0) + 1;
		const others = this.waiting.filter((it) => it.origin !== spelled);
		this.waiting = [{ origin: spelled, lastSeenAt: this.clock.now(), attempts }, ...others].slice(0, MAX_PENDING);
		this.emit('changed');
	}

	/** Take over what the operator has decided; nobody it names waits any longer. */
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

	/** Latest first. */
	get pending(): readonly PendingOrigin[] {
		return this.waiting;
	}
}
