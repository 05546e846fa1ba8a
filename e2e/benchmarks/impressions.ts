import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { extractTemplate } from '../../src/biometrics/extraction/extract-template.ts';
import { readImage } from '../../src/biometrics/images/read-image.ts';
import { type PreparedTemplate, prepareTemplate } from '../../src/biometrics/matching/prepared-template.ts';
import type { FingerView } from '../../src/biometrics/records/finger-view.ts';
import { decodeIsoRecord } from '../../src/biometrics/records/iso-record.ts';

/** One image of a finger and the result of its extraction. */
export interface Impression {
	/** The file name without its extension, `<finger>_<impression>`. */
	readonly name: string;
	readonly finger: string;
	/** `undefined` if the extraction found no finger or too few minutiae. */
	readonly record: FingerView | undefined;
	/** The prepared record, or one without minutiae, which scores 0. */
	readonly template: PreparedTemplate;
	/** CPU time of the extraction in one thread, ms. */
	readonly cpuMs: number;
}

export interface ImpressionOptions {
	/** Resolution of the images, pixels per inch. */
	readonly dpi: number;
	/** Folder to which the records are written, for other tools. */
	readonly records?: string | undefined;
}

const WARM_UP_IMAGES = 10;

/** Extracts the template of every `.png` file in a folder, sorted by name. @throws ServiceError if an image cannot be read */
export function readImpressions(folder: string, { dpi, records }: ImpressionOptions): Impression[] {
	const names = readdirSync(folder)
		.filter((file) => file.endsWith('.png'))
		.map((file) => basename(file, '.png'))
		.toSorted();
	const extract = (name: string) => readImpression(folder, name, dpi);
	// A running service has warmed up; the compilation must not count.
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
