import { type FloatImage, type GreyImage, reusingMemory } from '../../../../biometrics/worker-engine.ts';
import { TOUCH_CONDITIONS } from '../../../../protocol/touch-conditions.ts';
import type { TouchParameters } from '../touch.ts';
import { growMaster } from './master-fingerprint.ts';
import { placeFinger } from './placement.ts';
import { Random } from './random.ts';
import { renderImage } from './render-image.ts';
import { cutToWindow } from './sensor-window.ts';
import { SKIN_CONDITIONS } from './skin-condition.ts';
import { renderSkin } from './skin-contact.ts';
import { smear } from './smear.ts';

/** Number of cached master fingerprints, 0.7 MB each: growing one takes several times as long as a touch. */
const MAX_MASTERS = 8;

/** Cached master fingerprints in order of use, the most recently used last. */
const masters = new Map<string, FloatImage>();

/** Returns the image of a touch. The same touch gives the same pixels on every machine. */
export function synthesiseImpression({ person, finger, condition, window = 'full', seed }: TouchParameters): GreyImage {
	const skin = SKIN_CONDITIONS[condition];
	const random = new Random(person, finger, TOUCH_CONDITIONS.indexOf(condition), seed);
	const image = reusingMemory(() => {
		const placement = placeFinger(random, skin);
		const darkness = renderSkin(random, masterOf(person, finger), placement, skin);
		return renderImage(random, skin.slide > 0 ? smear(random, darkness, skin.slide) : darkness);
	});
	return cutToWindow(image, window);
}

function masterOf(person: number, finger: number): FloatImage {
	const key = `${person}/${finger}`;
	const master = masters.get(key) ?? growMaster(person, finger);
	masters.delete(key);
	masters.set(key, master);
	const [oldest] = masters.keys();
	if (masters.size > MAX_MASTERS && oldest !== undefined) masters.delete(oldest);
	return master;
}
