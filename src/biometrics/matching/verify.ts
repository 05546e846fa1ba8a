import { FALSE_MATCH_RATE } from '../../protocol/false-match-rate.ts';
import { usableViews } from '../records/usable-views.ts';
import { findBestMatch } from './best-match.ts';
import { thresholdFor } from './calibration.ts';
import { prepareTemplate } from './prepared-template.ts';

/** The result of matching one touch with the templates of one or more fingers. */
export interface Comparison {
	/** Whether the best score reaches the threshold. */
	readonly isMatch: boolean;
	/** Lowest score that is a match, 0..100: it holds each of the candidates to an equal share of the false match rate. */
	readonly threshold: number;
	/** The best score, 0..100, rounded down to tenths so that a score just below the threshold does not look like the threshold. */
	readonly score: number;
	/** The index of the candidate with the best score. */
	readonly index: number;
	/** The index of the finger view with the best score within that candidate; `undefined` if the candidate has one view. */
	readonly viewIndex?: number | undefined;
}

/**
 * Matches a template with one or more candidates. Of records with several finger views, the view with the best score counts. Views
 * with fewer minutiae than MIN_MINUTIAE are not matched.
 *
 * @param template record of any format that `readRecord` accepts
 * @param candidates such records, at least one
 * @param falseMatchRate the chance that a wrong finger is accepted by the whole call, 0..1
 * @throws ServiceError INVALID_MESSAGE for a damaged record, or one without a view that can be matched
 */
export function verifyTemplate(
	template: Uint8Array,
	candidates: readonly Uint8Array[],
	falseMatchRate: number = FALSE_MATCH_RATE.default,
): Comparison {
	const [probe] = usableViews(template);
	const views = candidates.flatMap((bytes, index) => usableViews(bytes).map((usable) => ({ ...usable, index })));
	const best = findBestMatch(
		prepareTemplate(probe!.view),
		views.map(({ view }) => prepareTemplate(view)),
	);
	const { index, viewIndex } = views[best.index]!;
	const threshold = thresholdFor(falseMatchRate / views.length);
	return { isMatch: best.score >= threshold, score: Math.floor(10 * best.score) / 10, threshold, index, viewIndex };
}
