import type { Principal } from '../../access/principal.ts';
import type { Scan } from '../../scans/scan-service.ts';

/** One connection, as far as it matters for what it may see. */
export interface Listener {
	readonly id: string;
	/** `undefined` until authenticated. */
	readonly principal: Principal | undefined;
	/** Ids of devices it has subscribed to. */
	readonly subscriptions: ReadonlySet<string>;
}

/** Whether readers of this kind exist for this principal: test keys see virtual ones, live keys real ones, admins both. */
export function canSee(principal: Principal, info: { readonly isVirtual: boolean }): boolean {
	return principal.sees === 'all' || (principal.sees === 'virtual') === info.isVirtual;
}

/** Whether it hears of readers that come and go. */
export function hearsOfDevices({ principal }: Listener, info: { readonly isVirtual: boolean }): boolean {
	return principal !== undefined && canSee(principal, info) && principal.permissions.includes('device:read');
}

/** Whether it hears of changes of one reader: subscribers, and admins of everything. */
export function hearsOfStatus({ principal, subscriptions }: Listener, deviceId: string): boolean {
	return principal?.kind === 'admin' || subscriptions.has(deviceId);
}

/**
 * Whether it receives the events of a scan, template included: the connection that started it, subscribers of the
 * device with the same key, and admins. Nobody else, ever.
 */
export function hearsOfScan({ id, principal, subscriptions }: Listener, { owner, deviceId }: Scan): boolean {
	if (principal === undefined) return false;
	if (principal.kind === 'admin' || id === owner.connectionId) return true;
	return principal.keyId === owner.keyId && subscriptions.has(deviceId);
}
