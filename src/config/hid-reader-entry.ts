/** The supported bridges between a HID device and a fingerprint module. */
export const HID_BRIDGES = ['cp2110', 'ft260', 'ch9329', 'raw'] as const;

export type HidBridge = (typeof HID_BRIDGES)[number];

/** How an operator wants the HID devices of one kind to be treated. */
export interface HidReaderEntry {
	readonly vendorId: number;
	readonly productId: number;
	/** Undefined matches any usage page. */
	readonly usagePage: number | undefined;
	/** The bridge in front of the fingerprint module, or `ignore` for a device that must never be opened. */
	readonly bridge: HidBridge | 'ignore';
}

/** The error text of the setting: it completes "allowed: ". */
export const HID_READERS_ALLOWED = `a list of vendor:product=bridge or vendor:product:usagePage=bridge with hexadecimal ids, such as 10c4:ea80=cp2110; bridge is ${HID_BRIDGES.join(', ')} or ignore`;

const ENTRY = /^([\da-f]{4}):([\da-f]{4})(?::([\da-f]{4}))?=(\w+)$/i;

/** Parses an entry such as `10c4:ea80=cp2110`. @returns undefined if the text has another form */
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
