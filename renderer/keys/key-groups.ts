import type { ConnectionView, KeyView } from '../../src/operator/contract.ts';

/** The keys by state, latest first. */
export interface KeyGroups {
	readonly valid: readonly KeyView[];
	/** Revoked or expired. */
	readonly inactive: readonly KeyView[];
}

/**
 * Groups keys by state. The service sends no event when a key expires, so its expiry is checked here.
 *
 * @param keys oldest first, in the order of the service
 */
export function groupKeys(keys: readonly KeyView[], nowMs: number): KeyGroups {
	const latestFirst = keys
		.toReversed()
		.map((key) => (hasExpired(key, nowMs) ? { ...key, status: 'expired' as const } : key));
	return {
		valid: latestFirst.filter(({ status }) => status === 'valid'),
		inactive: latestFirst.filter(({ status }) => status !== 'valid'),
	};
}

/** Returns the number of clients that are connected with these keys. */
export function countConnections(keyIds: readonly string[], connections: readonly ConnectionView[] = []): number {
	return connections.filter(({ keyId = '' }) => keyIds.includes(keyId)).length;
}

/** Returns the ids of the keys that this one has replaced, directly or indirectly, and that are not revoked: they end with it. */
export function listPredecessors(keyId: string, keys: readonly KeyView[] = []): readonly string[] {
	const ids = new Set([keyId]);
	// A set also visits what is added while it is iterated.
	for (const successor of ids)
		for (const { id, replacedBy, revokedAt } of keys)
			if (replacedBy === successor && revokedAt === undefined) ids.add(id);
	return [...ids].slice(1);
}

function hasExpired({ status, expiresAt }: KeyView, nowMs: number): boolean {
	return status === 'valid' && expiresAt !== undefined && Date.parse(expiresAt) <= nowMs;
}
