import type { Permission } from '../protocol/permissions.ts';

/** Who stands at the other end of an authenticated connection, and what that one may do. */
export interface Principal {
	readonly kind: 'key' | 'admin';
	/** Scan events are shared among connections of one key; undefined for an admin. */
	readonly keyId: string | undefined;
	/** For a person: the name the operator gave to the key, or `admin`. */
	readonly name: string;
	readonly permissions: readonly Permission[];
	/** Which readers exist for this one: test keys see virtual readers, live keys real ones, admins all. */
	readonly sees: 'virtual' | 'real' | 'all';
	/** End of validity, ms since 1970; undefined = until revoked. */
	readonly expiresAt: number | undefined;
}
