import type { TemplateFormat } from '../../protocol/template-formats.ts';
import { decodeAnsi2004Views, decodeAnsi2009Views, encodeAnsi2004Record, isAnsi2004Record } from './ansi-record.ts';
import { describeContent } from './describe-content.ts';
import type { FingerView } from './finger-view.ts';
import { decodeIso2011Views, encodeIso2011Record, isIso2011Record } from './iso-2011-record.ts';
import { decodeIsoViews, encodeIsoRecord } from './iso-record.ts';
import { notUsable } from './record-checks.ts';

const USABLE = 'ISO/IEC 19794-2:2005 or 2011, ANSI INCITS 378-2004 or 2009';
/** Bytes that identify the format: signature, version, and the lengths that tell formats of the same version apart. */
const IDENTIFYING_BYTES = 20;

const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => FingerView[]>> = {
	' 20\0': (bytes) => (isAnsi2004Record(bytes) ? decodeAnsi2004Views(bytes) : decodeIsoViews(bytes)),
	'030\0': decodeVersion030,
	'035\0': decodeAnsi2009Views,
};

const ENCODERS = {
	'iso-19794-2:2005': encodeIsoRecord,
	'iso-19794-2:2011': encodeIso2011Record,
	'ansi-378:2004': encodeAnsi2004Record,
} as const satisfies Readonly<Record<TemplateFormat, (view: FingerView) => Uint8Array>>;

/** Returns whether the bytes have the signature of a minutiae record. */
export function isRecord(bytes: Uint8Array): boolean {
	return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'FMR\0';
}

/**
 * Decodes the finger views of a minutiae record of any supported format: ISO/IEC 19794-2:2005 and 2011, ANSI INCITS 378-2004
 * and 2009. Zero bytes may follow the record.
 *
 * @param bytes may be untrusted
 * @returns one view or more, in the order of the record
 * @throws ServiceError INVALID_MESSAGE with the format and its first fault, or with what the bytes look like
 */
export function readRecord(bytes: Uint8Array): readonly FingerView[] {
	if (!isRecord(bytes)) {
		throw notUsable(`it is ${describeContent(bytes)}: a minutiae record is needed (${USABLE})`);
	}
	if (bytes.length < IDENTIFYING_BYTES)
		throw notUsable(`it is a minutiae record that ends at byte ${bytes.length}: all of it is needed`);
	const decode = DECODERS[Buffer.from(bytes.subarray(4, 8)).toString('latin1')];
	if (decode === undefined) {
		throw notUsable(`it is a minutiae record of an unknown version: ${USABLE} is needed`);
	}
	return decode(bytes);
}

/** Decodes ISO/IEC 19794-2:2011 or ANSI INCITS 378-2009, which have the same signature and version. */
function decodeVersion030(bytes: Uint8Array): FingerView[] {
	if (!isIso2011Record(bytes)) return decodeAnsi2009Views(bytes);
	try {
		return decodeIso2011Views(bytes);
	} catch (isoFault) {
		// The vendor and equipment of an ANSI record can happen to read as the count and length of ISO views.
		try {
			return decodeAnsi2009Views(bytes);
		} catch {
			throw isoFault;
		}
	}
}

/**
 * Encodes one view as a record of the format.
 *
 * @throws ServiceError INVALID_MESSAGE if a value does not fit into a record
 */
export function writeRecord(view: FingerView, format: TemplateFormat): Uint8Array {
	return ENCODERS[format](view);
}

/**
 * Returns the first view of a record in another format and with another finger position; the same bytes for a record of the
 * service if neither is requested.
 *
 * @param finger 1..10, or 0 for unknown
 * @throws ServiceError INVALID_MESSAGE as `readRecord`
 */
export function convertRecord(bytes: Uint8Array, finger: number, format: TemplateFormat): Uint8Array {
	if (finger === 0 && format === 'iso-19794-2:2005') return bytes;
	const [view] = readRecord(bytes);
	return writeRecord({ ...view!, finger }, format);
}
