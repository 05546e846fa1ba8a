import { type FingerView, MIN_MINUTIAE } from './finger-view.ts';
import { readRecord } from './read-record.ts';
import { notUsable } from './record-checks.ts';

/** A view of a record that can be matched. */
export interface UsableView {
	readonly view: FingerView;
	/** Its index among all views of the record; `undefined` if the record has one view. */
	readonly viewIndex: number | undefined;
}

/**
 * Decodes a record and returns the views with enough minutiae to be matched, those that an extraction would also accept.
 *
 * @returns one view or more
 * @throws ServiceError INVALID_MESSAGE as `readRecord`, or if every view has fewer minutiae than MIN_MINUTIAE
 */
export function usableViews(bytes: Uint8Array): readonly UsableView[] {
	const views = readRecord(bytes).map((view, i, { length }) => ({ view, viewIndex: length > 1 ? i : undefined }));
	const usable = views.filter(({ view }) => view.minutiae.length >= MIN_MINUTIAE);
	if (usable.length > 0) return usable;
	const most = Math.max(...views.map(({ view }) => view.minutiae.length));
	throw notUsable(`it has too few minutiae (${most}) to tell fingers apart: at least ${MIN_MINUTIAE} are needed`);
}
