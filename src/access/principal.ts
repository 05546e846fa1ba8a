import type { Permission } from '../protocol/permissions.ts';
import { type Clock, msUntil } from '../time/clock.ts';

/** An authenticated client and its permissions. */
export interface Principal {
	readonly kind: 'key' | 'admin';
	/** Connections of one key share scan events; undefined for an admin. */
	readonly keyId: string | undefined;
	/** Human-readable: the name that the operator gave to the key, or `admin`. */
	readonly name: string;
	readonly permissions: readonly Permission[];
	/** The readers it can use: virtual ones for test keys, real ones for live keys, all for admins. */
	readonly sees: 'virtual' | 'real' | 'all';
	/** End of validity by the wall clock, ms since 1970; undefined = until revoked. */
	readonly expiresAt: number | undefined;
	/** End of validity by the monotonic clock, ms. Only admin tokens have one: they end when either clock says so. */
	readonly expiresMonotonic?: number;
}

/** Returns the ms until a principal expires, 0 or negative once it has expired; Infinity = it is valid until revoked. */
export function msUntilExpiry(
	{ expiresAt = Number.POSITIVE_INFINITY, expiresMonotonic = Number.POSITIVE_INFINITY }: Principal,
	clock: Clock,
): number {
	return Math.min(msUntil(expiresAt, clock), expiresMonotonic - clock.monotonic());
}
