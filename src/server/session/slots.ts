import { CLOSE_CODES } from './connection.ts';

/** Time after which a client that has not authenticated may lose its slot to a newcomer, ms. */
const REPLACEABLE_AFTER_MS = 1_000;

/** A WebSocket client that takes one of a limited number of slots. */
export interface SlotHolder {
	/** `undefined` = a native program. */
	readonly origin: string | undefined;
	/** Monotonic ms. */
	readonly openedMonotonic: number;
	readonly isAuthenticated: boolean;
	/** Whether it has lost its slot and only waits for its socket to close. */
	readonly isClosing: boolean;
	close(code: number, reason: string): void;
	/** Ends the connection without waiting for the client. */
	terminate(): void;
}

export interface SlotLimits {
	readonly connections: number;
	/** Most clients that may wait for their authentication at the same time. */
	readonly unauthenticated: number;
	/** The same for the pages of one origin; native programs have none and share the other slots. */
	readonly unauthenticatedPerOrigin: number;
}

/**
 * Makes room for a newcomer. If there are too many clients, the one that has waited longest without authenticating is closed,
 * unless it has waited for a second or less: it may be about to authenticate.
 *
 * @param clients in the order in which they connected
 * @returns the limit that leaves no room; `undefined` = there is room
 */
export function makeRoom(
	clients: readonly SlotHolder[],
	newcomer: Pick<SlotHolder, 'origin' | 'openedMonotonic'>,
	limits: SlotLimits,
): keyof SlotLimits | undefined {
	const open = clients.filter(({ isClosing }) => !isClosing);
	const waiting = open.filter(({ isAuthenticated }) => !isAuthenticated);
	const ofOrigin = waiting.filter(({ origin }) => origin !== undefined && origin === newcomer.origin);
	// A client that does not answer the close frame must not take the place of another.
	const lingering = clients.length >= limits.connections ? clients.find(({ isClosing }) => isClosing) : undefined;

	const exceeded = exceededLimit(open.length, waiting.length, ofOrigin.length, limits);
	if (exceeded !== undefined) {
		const [oldest] = exceeded === 'unauthenticatedPerOrigin' ? ofOrigin : waiting;
		if (oldest === undefined || newcomer.openedMonotonic - oldest.openedMonotonic <= REPLACEABLE_AFTER_MS)
			return exceeded;
		oldest.close(
			CLOSE_CODES.tryAgainLater,
			'Others wait for the place of this connection, which has not authenticated',
		);
	}
	lingering?.terminate();
	return undefined;
}

function exceededLimit(
	open: number,
	waiting: number,
	ofOrigin: number,
	limits: SlotLimits,
): keyof SlotLimits | undefined {
	if (ofOrigin >= limits.unauthenticatedPerOrigin) return 'unauthenticatedPerOrigin';
	if (open >= limits.connections) return 'connections';
	return waiting >= limits.unauthenticated ? 'unauthenticated' : undefined;
}
