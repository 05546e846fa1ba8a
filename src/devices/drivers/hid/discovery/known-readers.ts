import { type HidBridge, type HidReaderEntry, tryParseHidReader } from '../../../../config/hid-reader-entry.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import { type HidDevice, usbId } from './hid-device.ts';

/** A bridge chip that may have a fingerprint module connected to it. */
export interface KnownReader {
	readonly vendorId: number;
	readonly productId: number;
	/** HID usage page of the bridge; undefined when unknown, which matches any usage page. */
	readonly usagePage: number | undefined;
	readonly bridge: HidBridge;
	/** Human-readable name. */
	readonly model: string;
	/**
	 * False for a bridge that is used only when the operator names it in `hid.readers`, because its reports or its speed are
	 * not documented well enough to probe a device that may be something else.
	 */
	readonly isProbedByDefault: boolean;
}

/**
 * The bridges whose USB ids are public. They are general-purpose chips, so an id does not prove that a fingerprint module is
 * connected, and the driver probes for a module before it reports a reader. `udev-rules.test.ts` checks that the udev rules
 * in build/udev contain the same ids.
 *
 * @see README.md of the HID driver for what else contains these chips
 */
export const KNOWN_READERS: readonly KnownReader[] = [
	{
		vendorId: 0x10c4,
		productId: 0xea80,
		usagePage: 0xff00,
		bridge: 'cp2110',
		model: 'Fingerprint module (CP2110)',
		isProbedByDefault: true,
	},
	{
		vendorId: 0x0403,
		productId: 0x6030,
		usagePage: undefined,
		bridge: 'ft260',
		model: 'Fingerprint module (FT260)',
		isProbedByDefault: false,
	},
	{
		vendorId: 0x1a86,
		productId: 0xe429,
		usagePage: 0xffa0,
		bridge: 'ch9329',
		model: 'Fingerprint module (CH9329)',
		isProbedByDefault: false,
	},
];

/** A listed device that is, or may be, a fingerprint reader. */
export interface ReaderCandidate {
	readonly device: HidDevice;
	readonly bridge: HidBridge;
	readonly model: string;
	/** True if `hid.readers` names the device, which is then reported as a reader without a probe. */
	readonly isConfigured: boolean;
}

/** Parses the setting `hid.readers`. @throws ServiceError CONFIGURATION_ERROR that names an invalid entry */
export function parseHidReaders(texts: readonly string[]): readonly HidReaderEntry[] {
	return texts.map((text) => {
		const entry = tryParseHidReader(text);
		if (entry !== undefined) return entry;
		throw new ServiceError('CONFIGURATION_ERROR', {
			message: `hid.readers: ${JSON.stringify(text)} is not a valid entry: use the form 10c4:ea80=cp2110`,
		});
	});
}

/** Returns the candidates among all listed devices, one per path, sorted by path. The operator's entries take precedence. */
export function findCandidates(
	devices: readonly HidDevice[],
	entries: readonly HidReaderEntry[],
): readonly ReaderCandidate[] {
	const byPath = new Map<string, ReaderCandidate>();
	for (const device of devices) {
		const candidate = isOtherInterface(device, devices) ? undefined : toCandidate(device, entries);
		if (candidate !== undefined) byPath.set(device.path, candidate);
	}
	return [...byPath.values()].sort((a, b) => comparePaths(a.device.path, b.device.path));
}

function toCandidate(device: HidDevice, entries: readonly HidReaderEntry[]): ReaderCandidate | undefined {
	const entry = entries.find((each) => matches(each, device));
	if (entry?.bridge === 'ignore') return undefined;
	if (entry !== undefined) {
		const model = `Fingerprint module (${entry.bridge === 'raw' ? usbId(device) : entry.bridge.toUpperCase()})`;
		return { device, bridge: entry.bridge, model, isConfigured: true };
	}
	const known = KNOWN_READERS.find((each) => each.isProbedByDefault && matches(each, device));
	return known && { device, bridge: known.bridge, model: known.model, isConfigured: false };
}

function matches(
	{ vendorId, productId, usagePage }: Pick<KnownReader, 'vendorId' | 'productId' | 'usagePage'>,
	device: HidDevice,
): boolean {
	const isSameUse = usagePage === undefined || usagePage === device.usagePage;
	return vendorId === device.vendorId && productId === device.productId && isSameUse;
}

/** Returns whether this is the I2C interface of an FT260: interface 0 when it exposes both; its serial line is then interface 1. */
function isOtherInterface(device: HidDevice, devices: readonly HidDevice[]): boolean {
	const isFt260 = KNOWN_READERS.some((known) => known.bridge === 'ft260' && matches(known, device));
	return (
		isFt260 &&
		device.interface === 0 &&
		devices.some((other) => usbId(other) === usbId(device) && other.interface === 1)
	);
}

/** Sorts numerically, so that `hidraw10` comes after `hidraw9`. */
function comparePaths(a: string, b: string): number {
	return a.localeCompare(b, 'en', { numeric: true });
}
