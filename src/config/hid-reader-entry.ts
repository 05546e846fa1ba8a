/** The bridges between a HID device and a fingerprint module that the service can speak through. */
export const HID_BRIDGES = ['cp2110', 'ft260', 'ch9329', 'raw'] as const;

export type HidBridge = (typeof HID_BRIDGES)[number];

/** What an operator says of the HID devices of one kind. */
export interface HidReaderEntry {
	readonly vendorId: number;
	readonly productId: number;
	/** Undefined: whatever it is. */
	readonly usagePage: number | undefined;
	/** The bridge in front of the fingerprint module; `ignore`: this is no reader, never open it. */
	readonly bridge: HidBridge | 'ignore';
}

/** For the error text of the setting: completes "allowed: ". */
export const HID_READERS_ALLOWED = `a list of vendor:product=bridge or vendor:product:usagePage=bridge with hexadecimal ids, such as 10c4:ea80=cp2110; bridge is one of ${HID_BRIDGES.join(', ')}, or ignore`;

const ENTRY = /^([\da-f]{4}):([\da-f]{4})(?::([\da-f]{4}))?=(\w+)$/i;

/** @param text such as `10c4:ea80=cp2110`. @returns undefined for text in another form */
export function tryParseHidReader(text: string): HidReaderEntry | undefined {
	const [, vendor = '', product = '', usagePage, name] = ENTRY.exec(text) ?? [];
	const bridge = ([...HID_BRIDGES, 'ignore'] as const).find((known) => known === name);
	if (bridge === undefined) return undefined;
	const fromHex = (digits: string) => Number.parseInt(digits, 16);
	return {
		vendorId: fromHex(vendor),
		productId: fromHex(product),
		usagePage: usagePage === undefined ? undefined : fromHex(usagePage),
		bridge,
	};
}
