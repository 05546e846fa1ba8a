/** USB vendor id of ZKTeco. */
export const ZKTECO_VENDOR_ID = 0x1b55;

/**
 * Fingerprint readers that the vendor's library supports, by USB product id. ZKTeco uses its vendor id for other products as
 * well, such as attendance terminals.
 *
 * Several sources confirm 0120 and 0124; one source each confirms 0121 and 0840.
 */
export const ZKTECO_READERS: ReadonlyMap<number, string> = new Map([
	[0x0120, 'SLK20R'],
	[0x0121, 'ZKTeco tablet reader'],
	[0x0124, 'ZK9500'],
	[0x0840, 'ZK4500'],
]);
