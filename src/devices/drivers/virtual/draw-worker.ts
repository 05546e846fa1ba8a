import { drawImpression } from './impression.ts';

/** Entry of the drawing thread: Piscina calls the default export with one `Touch` a task. */
export default drawImpression;
