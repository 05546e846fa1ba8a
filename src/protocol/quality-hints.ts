/** Reasons for a low image quality as sent to clients; a page translates them into advice for the person. */
export const QUALITY_HINTS = [
	'too-small-area',
	'off-centre',
	'too-dry',
	'too-wet',
	'smudged',
	'too-light',
	'low-contrast',
	'wrong-resolution',
] as const;

export type QualityHint = (typeof QUALITY_HINTS)[number];
