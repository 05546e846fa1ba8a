/** What the drawing thread of the `FingerprintArtist` runs. */
export { drawImpression as draw } from './impression.ts';
