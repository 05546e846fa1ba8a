import { type FingerView, isRecord, loadInThreadEngine, usableViews } from '../biometrics/worker-engine.ts';
import { FALSE_MATCH_RATE } from '../protocol/false-match-rate.ts';
import { extractImage, readBytes, withFileName } from './image-file.ts';

export interface MatchOptions {
	/** Resolution of images, pixels per inch; default the one that the file declares, or else 500. Records contain their own. */
	readonly dpi?: number;
	readonly json?: boolean;
}

/**
 * Matches two files, each a minutiae record or an image, and prints the score. Of records with several finger views, the two views
 * with the best score count; each pair of views is held to its share of the false match rate.
 *
 * @returns whether the score reaches the threshold for the same finger
 * @throws ServiceError RECORD_NOT_FOUND for a file that cannot be read, INVALID_MESSAGE for a damaged record or one with too few
 *   minutiae to tell fingers apart, otherwise as
 *   `extractImage`; all name the file
 */
export async function match(a: string, b: string, { dpi, json }: MatchOptions): Promise<boolean> {
	const { matchRecords, thresholdFor } = await loadInThreadEngine();
	const [aViews, bViews] = [await readViews(a, dpi), await readViews(b, dpi)];
	const exactScore = Math.max(...aViews.flatMap((view) => bViews.map((other) => matchRecords(view, other))));
	const threshold = thresholdFor(FALSE_MATCH_RATE.default / (aViews.length * bViews.length));
	const isMatch = exactScore >= threshold;
	// Rounded down, so that a score just below the threshold is not printed as the threshold.
	const score = Math.floor(10 * exactScore) / 10;
	const result = isMatch ? 'match' : 'no match';
	process.stdout.write(
		json
			? `${JSON.stringify({ match: isMatch, score, threshold })}\n`
			: `${result}: score ${score} of 100, threshold ${threshold}\n`,
	);
	return isMatch;
}

async function readViews(path: string, dpi: number | undefined): Promise<FingerView[]> {
	const bytes = await readBytes(path);
	const record = isRecord(bytes) ? bytes : (await extractImage(path, bytes, dpi)).template;
	return withFileName(path, () => usableViews(record)).map(({ view }) => view);
}
