/** Validity of an admin token unless another one is chosen, ms. */
export const DEFAULT_ADMIN_TOKEN_TTL_MS = 30 * 60_000;

/** Longest validity of an admin token, ms: 12 hours. */
export const MAX_ADMIN_TOKEN_TTL_MS = 12 * 60 * 60_000;

/** Longest time for which a rotation can keep the old key valid, ms: 30 days. */
export const MAX_OVERLAP_MS = 30 * 24 * 60 * 60_000;
