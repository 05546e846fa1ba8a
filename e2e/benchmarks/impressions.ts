import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { extractTemplate } from '../../src/biometrics/extraction/extract-template.ts';
import { readImage } from '../../src/biometrics/images/read-image.ts';
import { type PreparedTemplate, prepareTemplate } from '../../src/biometrics/matching/prepared-template.ts';
import { decodeIsoRecord, type IsoRecord } from '../../src/biometrics/records/iso-record.ts';

/** One picture of a finger and what was made of it. */
export interface Impression {
	/** `<finger>_<impression>`, as the file is named. */
	readonly name: string;
	readonly finger: string;
	/** `undefined` if the extractor found no finger or too few minutiae. */
	readonly record: IsoRecord | undefined;
	/** Of that record, or of one without minutiae, which is like nothing. */
	readonly template: PreparedTemplate;
	/** What the extraction took of one thread, ms. */
	readonly cpuMs: number;
}

export interface ImpressionOptions {
	/** Pixels per inch of the pictures. */
	readonly dpi: number;
	/** A folder that gets the records, for other tools. */
	readonly records?: string | undefined;
}

const WARM_UP_IMAGES = 10;

/** Extract the template of every `.png` of a folder, in the order of their names. @throws Error if a picture is unreadable */
export function readImpressions(folder: string, { dpi, records }: ImpressionOptions): Impression[] {
	const names = readdirSync(folder)
		.filter((file) => file.endsWith('.png'))
		.map((file) => basename(file, '.png'))
		.toSorted();
	const extract = (name: string) => readImpression(folder, name, dpi);
	// The optimiser's warm-up is not what a running service pays.
	names.slice(0, WARM_UP_IMAGES).forEach(extract);
	const extracted = names.map(extract);
	if (records !== undefined) {
		mkdirSync(records, { recursive: true });
		for (const { name, bytes } of extracted)
			if (bytes !== undefined) writeFileSync(join(records, `${name}.fmr`), bytes);
	}
	return extracted;
}

function readImpression(folder: string, name: string, dpi: number): Impression & { bytes: Uint8Array | undefined } {
	const image = readImage(readFileSync(join(folder, `${name}.png`)), dpi);
	const start = process.cpuUsage();
	const { template: bytes } = extractTemplate(image);
	const { user, system } = process.cpuUsage(start);
	const record = bytes && decodeIsoRecord(bytes);
	return {
		name,
		finger: name.slice(0, name.lastIndexOf('_')),
		record,
		template: prepareTemplate(record ?? { minutiae: [], dpi }),
		cpuMs: (user + system) / 1_000,
		bytes,
	};
}
