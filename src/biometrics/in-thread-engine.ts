/* The functions of `loadInThreadEngine`. */
export { extractTemplate } from './extraction/extract-template.ts';
export { isImage, readImage } from './images/read-image.ts';
export { matchRecords, SAME_FINGER_SCORE, VERIFY_SCORE } from './matching/match.ts';
export { verifyTemplate } from './matching/verify.ts';
