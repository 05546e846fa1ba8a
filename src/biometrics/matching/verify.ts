import { decodeIsoRecord } from '../records/iso-record.ts';
import { findBestMatch } from './best-match.ts';
import { VERIFY_SCORE } from './match.ts';
import { prepareTemplate } from './prepared-template.ts';

/** How one touch compares with the templates of others. */
export interface Comparison {
	/** Whether it is of the same finger as the most similar one. */
	readonly isMatch: boolean;
	/** Similarity to the most similar one, 0..100, rounded down to tenths: one just below the threshold does not read like it. */
	readonly score: number;
	/** Which one is the most similar. */
	readonly index: number;
}

/**
 * Compare a template with one or many.
 *
 * @param template ISO record, as are the candidates, of which there is at least one
 * @throws ServiceError INVALID_MESSAGE for a damaged record
 */
export function verifyTemplate(template: Uint8Array, candidates: readonly Uint8Array[]): Comparison {
	const prepare = (bytes: Uint8Array) => prepareTemplate(decodeIsoRecord(bytes));
	const { index, score } = findBestMatch(prepare(template), candidates.map(prepare));
	return { isMatch: score >= VERIFY_SCORE, score: Math.floor(10 * score) / 10, index };
}
