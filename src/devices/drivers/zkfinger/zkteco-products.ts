/** USB vendor id of ZKTeco. */
export const ZKTECO_VENDOR_ID = 0x1b55;

/**
 * Fingerprint readers that the vendor's library serves, by USB product id. ZKTeco sells other things under the same vendor
 * id, attendance terminals for one.
 *
 * Certain from several sources: 0120, 0124; from one each: 0121, 0840.
 */
export const ZKTECO_READERS: ReadonlyMap<number, string> = new Map([
	[0x0120, 'SLK20R'],
	[0x0121, 'ZKTeco tablet reader'],
	[0x0124, 'ZK9500'],
	[0x0840, 'ZK4500'],
]);
