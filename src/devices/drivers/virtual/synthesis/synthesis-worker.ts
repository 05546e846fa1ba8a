import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { TouchParameters } from '../touch.ts';
import { synthesiseImpression } from './impression.ts';

/* The module that the worker thread of `WorkerSynthesis` runs. */

/** Synthesises an image and transfers its pixels to the caller instead of copying them. */
export function synthesise(touch: TouchParameters) {
	const image = synthesiseImpression(touch);
	return move({ [transferableSymbol]: [image.data.buffer], [valueSymbol]: image });
}
