/* The module that the worker thread of `WorkerSynthesis` runs. */
export { synthesiseImpression as synthesise } from './impression.ts';
