import { FALSE_MATCH_RATE } from '../../protocol/false-match-rate.ts';
import { thresholdFor } from '../matching/calibration.ts';

/** The lowest score at which a touch matches one template by default. */
export const VERIFY_SCORE = thresholdFor(FALSE_MATCH_RATE.default);
