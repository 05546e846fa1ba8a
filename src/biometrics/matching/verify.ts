import { decodeIsoRecord } from '../records/iso-record.ts';
import { findBestMatch } from './best-match.ts';
import { VERIFY_SCORE } from './match.ts';
import { prepareTemplate } from './prepared-template.ts';

/** The result of matching one touch with the templates of one or more fingers. */
export interface Comparison {
	/** Whether the best score reaches `VERIFY_SCORE`. */
	readonly isMatch: boolean;
	/** The best score, 0..100, rounded down to tenths so that a score just below the threshold does not look like the threshold. */
	readonly score: number;
	/** The index of the candidate with the best score. */
	readonly index: number;
}

/**
 * Matches a template with one or more candidates.
 *
 * @param template ISO record
 * @param candidates ISO records, at least one
 * @throws ServiceError INVALID_MESSAGE for a damaged record
 */
export function verifyTemplate(template: Uint8Array, candidates: readonly Uint8Array[]): Comparison {
	const prepare = (bytes: Uint8Array) => prepareTemplate(decodeIsoRecord(bytes));
	const { index, score } = findBestMatch(prepare(template), candidates.map(prepare));
	return { isMatch: score >= VERIFY_SCORE, score: Math.floor(10 * score) / 10, index };
}
