import { ByteCursor } from './byte-cursor.ts';
import { ByteWriter } from './byte-writer.ts';
import { readCommonLayout, writeCommonLayout } from './common-layout.ts';
import type { FingerView } from './finger-view.ts';
import { endsEarly, inRecord } from './record-checks.ts';
import { endAtDeclaredLength, ISO_ANGLE_UNITS, MAGIC, readMagic } from './record-fields.ts';

const TITLE = 'ISO/IEC 19794-2:2005';
const VERSION = 0x20323000; // " 20\0"

/**
 * Encodes a record with one finger view, live-scan plain, without extended data: "FMR\0", " 20\0", the length of the record in
 * 4 bytes, then the layout that `common-layout.ts` describes. Of more than 255 minutiae, those with the best quality are kept.
 *
 * @throws ServiceError INVALID_MESSAGE if a size, resolution, quality or coordinate does not fit into a record
 * @see ISO/IEC 19794-2:2005, clause 8 (record format)
 */
export function encodeIsoRecord(view: FingerView): Uint8Array {
	return inRecord(TITLE, () => {
		const rest = new ByteWriter();
		writeCommonLayout(rest, view, ISO_ANGLE_UNITS);
		const writer = new ByteWriter();
		writer.uint32(MAGIC, VERSION, 12 + rest.length);
		writer.append(rest);
		return writer.toBytes();
	});
}

/** Decodes the first finger view of a record, see `decodeIsoViews`. */
export function decodeIsoRecord(bytes: Uint8Array): FingerView {
	const [first] = decodeIsoViews(bytes);
	return first!;
}

/**
 * Decodes a record; see `encodeIsoRecord` for the layout. Extended data is skipped. A minutia of type "other" (neither ending nor
 * bifurcation) is returned as a ridge ending.
 *
 * @param bytes one record, zero bytes may follow; may be untrusted
 * @returns one finger view or more
 * @throws ServiceError INVALID_MESSAGE with the first fault: signature, wrong length or count, no view or more than 176, a
 *   reserved bit, unequal resolutions, a value or coordinate out of range, bytes missing or left over
 */
export function decodeIsoViews(bytes: Uint8Array): FingerView[] {
	return inRecord(TITLE, () => {
		const cursor = new ByteCursor(bytes, endsEarly);
		readMagic(cursor, (version) => version === VERSION, ' 20');
		endAtDeclaredLength(cursor, bytes, cursor.uint32());
		return readCommonLayout(cursor, ISO_ANGLE_UNITS);
	});
}
