/**
 * Permissions of a key. `device:read`: list readers and subscribe to them; `fingerprint:scan`: start and stop scans;
 * `fingerprint:verify`: match a finger with templates. A new key has all of them by default; an admin token always has all.
 */
export const PERMISSIONS = ['device:read', 'fingerprint:scan', 'fingerprint:verify'] as const;

export type Permission = (typeof PERMISSIONS)[number];
