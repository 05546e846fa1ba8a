import type { Principal } from '../../access/principal.ts';
import type { ScanInfo } from '../../scans/scan-service.ts';

/** A connection, with what decides which messages it receives. */
export interface Recipient {
	readonly id: string;
	/** `undefined` until authenticated. */
	readonly principal: Principal | undefined;
	/** Ids of the readers that it has subscribed to. */
	readonly subscriptions: ReadonlySet<string>;
}

/** Returns whether a principal may see readers of this kind: test keys see virtual ones, live keys real ones, admins both. */
export function canSee(principal: Principal, info: { readonly isVirtual: boolean }): boolean {
	return principal.sees === 'all' || (principal.sees === 'virtual') === info.isVirtual;
}

/** Returns whether a connection receives `device:connected` and `device:disconnected` of readers of this kind. */
export function receivesDeviceEvents({ principal }: Recipient, info: { readonly isVirtual: boolean }): boolean {
	return principal !== undefined && canSee(principal, info) && principal.permissions.includes('device:read');
}

/** Returns whether a connection receives `device:status` of a reader: subscribers of the reader and admins. */
export function receivesStatusEvents({ principal, subscriptions }: Recipient, deviceId: string): boolean {
	return principal?.kind === 'admin' || subscriptions.has(deviceId);
}

/**
 * Returns whether a connection receives the events of a scan, including the template: the connection that started it, subscribers
 * of the reader with the same key, and admins. No other connection ever receives them.
 */
export function receivesScanEvents(
	{ id, principal, subscriptions }: Recipient,
	{ owner, deviceId }: ScanInfo,
): boolean {
	if (principal === undefined) return false;
	if (principal.kind === 'admin' || id === owner.connectionId) return true;
	return principal.keyId === owner.keyId && subscriptions.has(deviceId);
}
