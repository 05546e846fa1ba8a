import { decodeIsoRecord, type IsoRecord, loadInThreadEngine } from '../biometrics/worker-engine.ts';
import { extractPicture, naming, readBytes } from './fingerprint-file.ts';

export interface MatchOptions {
	/** Of pictures, pixels per inch; records say it themselves. */
	readonly dpi: number;
	readonly json?: boolean;
}

/**
 * Compare two files, each an ISO/IEC 19794-2:2005 record or a picture, and print how alike they are.
 *
 * @returns whether they are taken for the same finger
 * @throws ServiceError RECORD_NOT_FOUND for a file that cannot be read, INVALID_MESSAGE for a damaged record, else as
 *   `extractPicture`; all name the file
 */
export async function match(a: string, b: string, { dpi, json }: MatchOptions): Promise<boolean> {
	const { matchRecords, VERIFY_SCORE } = await loadInThreadEngine();
	const similarity = matchRecords(await readRecord(a, dpi), await readRecord(b, dpi));
	const isMatch = similarity >= VERIFY_SCORE;
	// Rounded down, so that a score just below the threshold does not read like the threshold.
	const score = Math.floor(10 * similarity) / 10;
	const result = isMatch ? 'match' : 'no match';
	process.stdout.write(
		json
			? `${JSON.stringify({ match: isMatch, score, threshold: VERIFY_SCORE })}\n`
			: `${result}: similarity ${score} of 100, a match from ${VERIFY_SCORE}\n`,
	);
	return isMatch;
}

async function readRecord(path: string, dpi: number): Promise<IsoRecord> {
	const bytes = await readBytes(path);
	const { isImage } = await loadInThreadEngine();
	const record = isImage(bytes) ? (await extractPicture(path, bytes, dpi)).template : bytes;
	return naming(path, () => decodeIsoRecord(record));
}
