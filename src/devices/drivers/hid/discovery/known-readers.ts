import { type HidBridge, type HidReaderEntry, tryParseHidReader } from '../../../../config/hid-reader-entry.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import { type HidDevice, usbId } from './hid-device.ts';

/** A bridge chip behind which a fingerprint module may sit. */
export interface KnownReader {
	readonly vendorId: number;
	readonly productId: number;
	/** Undefined: not known, any will do. */
	readonly usagePage: number | undefined;
	readonly bridge: HidBridge;
	/** Name for a person. */
	readonly model: string;
	/**
	 * False: left alone until the operator names it in `hid.readers`, as its reports or its speed are not known well enough
	 * to address a device that may be something else.
	 */
	readonly isAskedUnbidden: boolean;
}

/**
 * The bridges whose USB ids are public. All of them are sold for any purpose: an id alone never proves a fingerprint module,
 * so the driver asks whether one answers before it reports a reader. The udev rules in build/udev name the same ids.
 *
 * @see README.md of src/devices for where the ids come from
 */
export const KNOWN_READERS: readonly KnownReader[] = [
	{
		vendorId: 0x10c4,
		productId: 0xea80,
		usagePage: 0xff00,
		bridge: 'cp2110',
		model: 'Fingerprint module (CP2110)',
		isAskedUnbidden: true,
	},
	{
		vendorId: 0x0403,
		productId: 0x6030,
		usagePage: undefined,
		bridge: 'ft260',
		model: 'Fingerprint module (FT260)',
		isAskedUnbidden: false,
	},
	{
		vendorId: 0x1a86,
		productId: 0xe429,
		usagePage: 0xffa0,
		bridge: 'ch9329',
		model: 'Fingerprint module (CH9329)',
		isAskedUnbidden: false,
	},
];

/** A listed device that is, or may be, a fingerprint reader. */
export interface ReaderCandidate {
	readonly device: HidDevice;
	readonly bridge: HidBridge;
	readonly model: string;
	/** The operator has named it: it is a reader even while nothing answers. */
	readonly isCertain: boolean;
}

/** The entries of the setting `hid.readers`. @throws ServiceError CONFIGURATION_ERROR naming one in another form */
export function parseHidReaders(texts: readonly string[]): readonly HidReaderEntry[] {
	return texts.map((text) => {
		const entry = tryParseHidReader(text);
		if (entry !== undefined) return entry;
		throw new ServiceError('CONFIGURATION_ERROR', { message: `hid.readers: ${JSON.stringify(text)} names no reader` });
	});
}

/** The candidates among all listed devices, one for each path, in the order of their paths. The operator's entries come first. */
export function findCandidates(
	devices: readonly HidDevice[],
	entries: readonly HidReaderEntry[],
): readonly ReaderCandidate[] {
	const byPath = new Map<string, ReaderCandidate>();
	for (const device of devices) {
		const candidate = isOtherInterface(device, devices) ? undefined : candidateOf(device, entries);
		if (candidate !== undefined) byPath.set(device.path, candidate);
	}
	return [...byPath.values()].sort((a, b) => comparePaths(a.device.path, b.device.path));
}

function candidateOf(device: HidDevice, entries: readonly HidReaderEntry[]): ReaderCandidate | undefined {
	const entry = entries.find((each) => isMeant(each, device));
	if (entry?.bridge === 'ignore') return undefined;
	if (entry !== undefined) {
		const model = `Fingerprint module (${entry.bridge === 'raw' ? usbId(device) : entry.bridge.toUpperCase()})`;
		return { device, bridge: entry.bridge, model, isCertain: true };
	}
	const known = KNOWN_READERS.find((each) => each.isAskedUnbidden && isMeant(each, device));
	return known && { device, bridge: known.bridge, model: known.model, isCertain: false };
}

function isMeant(
	{ vendorId, productId, usagePage }: Pick<KnownReader, 'vendorId' | 'productId' | 'usagePage'>,
	device: HidDevice,
): boolean {
	const isSameUse = usagePage === undefined || usagePage === device.usagePage;
	return vendorId === device.vendorId && productId === device.productId && isSameUse;
}

/** The FT260 has its serial line on interface 1 when it shows both of its interfaces; the other one is I2C. */
function isOtherInterface(device: HidDevice, devices: readonly HidDevice[]): boolean {
	const isFt260 = KNOWN_READERS.some((known) => known.bridge === 'ft260' && isMeant(known, device));
	return (
		isFt260 &&
		device.interface === 0 &&
		devices.some((other) => usbId(other) === usbId(device) && other.interface === 1)
	);
}

/** `hidraw10` comes after `hidraw9`. */
function comparePaths(a: string, b: string): number {
	return a.localeCompare(b, 'en', { numeric: true });
}
