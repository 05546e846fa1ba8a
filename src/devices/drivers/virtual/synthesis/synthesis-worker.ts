/** What the drawing thread of the `WorkerSynthesis` runs. */
export { synthesiseImpression as draw } from './impression.ts';
