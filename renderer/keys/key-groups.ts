import type { ConnectionView, KeyView } from '../../src/operator/contract.ts';

/** Keys as the view lists them, latest first. */
export interface KeyGroups {
	readonly valid: readonly KeyView[];
	/** Revoked or expired: of no use any more, but part of the story. */
	readonly inactive: readonly KeyView[];
}

/**
 * The service tells the keys when they change, and one that expires does not: its time is looked at here.
 *
 * @param keys oldest first, as they come
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

/** How many pages and programs are connected with this key. */
export function countConnections(keyId: string, connections: readonly ConnectionView[] = []): number {
	return connections.filter((connection) => connection.keyId === keyId).length;
}

function hasExpired({ status, expiresAt }: KeyView, nowMs: number): boolean {
	return status === 'valid' && expiresAt !== undefined && Date.parse(expiresAt) <= nowMs;
}
