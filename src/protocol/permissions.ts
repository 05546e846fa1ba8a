/**
 * What a key may do. `device:read`: see readers and subscribe to them; `fingerprint:scan`: start and stop scans.
 * A new key has all of them; an admin token always does.
 */
export const PERMISSIONS = ['device:read', 'fingerprint:scan'] as const;

export type Permission = (typeof PERMISSIONS)[number];
