/**
 * Permissions of a key. `device:read`: list readers and subscribe to them; `fingerprint:scan`: start and stop scans;
 * `fingerprint:verify`: match a finger with templates; `fingerprint:image`: receive the image of a scan. An admin token always
 * has all of them.
 */
export const PERMISSIONS = ['device:read', 'fingerprint:scan', 'fingerprint:verify', 'fingerprint:image'] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** Permissions of a new key by default: all but the images, which are personal data and which most pages do not need. */
export const DEFAULT_PERMISSIONS: readonly Permission[] = PERMISSIONS.filter((one) => one !== 'fingerprint:image');
