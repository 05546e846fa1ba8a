/** What the drawing thread of the `FingerprintArtist` runs. */
export { synthesiseImpression as draw } from './impression.ts';
