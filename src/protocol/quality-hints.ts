/** Why the quality of a picture is low, in the words of the wire; the page turns them into advice for the person. */
export const QUALITY_HINTS = ['too-small-area', 'off-centre', 'too-dry', 'too-wet', 'smudged', 'too-light'] as const;

export type QualityHint = (typeof QUALITY_HINTS)[number];
