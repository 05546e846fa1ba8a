/* The functions of `loadInThreadEngine`. */
export { extractTemplate } from './extraction/extract-template.ts';
export { readDeclaredDpi } from './images/declared-dpi.ts';
export { readImage } from './images/read-image.ts';
export { thresholdFor } from './matching/calibration.ts';
export { matchRecords, SAME_FINGER_SCORE } from './matching/match.ts';
export { verifyTemplate } from './matching/verify.ts';
