/** Default USB ids of a CP2110. */
export const CP2110_IDS = { vendorId: 0x10c4, productId: 0xea80 } as const;

/** Feature reports that the driver sends, with their number of data bytes; a real chip has more. */
const FEATURES: readonly (readonly [reportId: number, bytes: number])[] = [
	[0x41, 1],
	[0x43, 1],
	[0x50, 8],
];

/**
 * Returns a report descriptor like that of a CP2110, as far as the driver depends on it: usage page FF00, input and output
 * reports 01 to 3f whose id is their number of bytes, and the feature reports of the serial line.
 */
export function cp2110Descriptor(): Uint8Array {
	const data = Array.from({ length: 0x3f }, (_, i) => i + 1).flatMap((id) => [
		...report(id, id),
		...[0x09, 0x01, 0x81, 0x02], // usage 1, input
		...[0x09, 0x01, 0x91, 0x02], // usage 1, output
	]);
	const features = FEATURES.flatMap(([id, bytes]) => [...report(id, bytes), 0x09, 0x01, 0xb1, 0x02]);
	return Uint8Array.of(
		...[0x06, 0x00, 0xff], // usage page FF00
		...[0x09, 0x01, 0xa1, 0x01], // usage 1, application collection
		...[0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08], // logical 0 to 255, 8 bits a field
		...data,
		...features,
		0xc0,
	);
}

/** Returns the items "report id" and "report count". */
function report(id: number, bytes: number): number[] {
	return [0x85, id, 0x95, bytes];
}
