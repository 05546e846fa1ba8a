import type { Permission } from '../protocol/permissions.ts';

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
	/** End of validity, ms since 1970; undefined = until revoked. */
	readonly expiresAt: number | undefined;
}
