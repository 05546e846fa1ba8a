/**
 * What a key may do. `device:read`: see readers and subscribe to them; `fingerprint:scan`: start and stop scans;
 * `fingerprint:verify`: compare a finger with templates. A new key has all of them; an admin token always does.
 */
export const PERMISSIONS = ['device:read', 'fingerprint:scan', 'fingerprint:verify'] as const;

export type Permission = (typeof PERMISSIONS)[number];
