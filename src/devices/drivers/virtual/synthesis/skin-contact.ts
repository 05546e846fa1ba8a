import { type FloatImage, mapValues } from '../../../../biometrics/worker-engine.ts';
import { VIRTUAL_HEIGHT, VIRTUAL_WIDTH } from '../image-format.ts';
import type { Placement } from './placement.ts';
import type { Random } from './random.ts';
import type { SkinCondition } from './skin-condition.ts';
import { blend, smoothNoise, smoothStep } from './smooth-noise.ts';

/**
 * Returns the darkness of each pixel, 0..1: it is dark where the rough skin touches the glass under the local pressure.
 * Towards the edge of the contact area, the pressure decreases and ridges become thinner.
 */
export function renderSkin(
	random: Random,
	master: FloatImage,
	placement: Placement,
	skin: SkinCondition,
): Float32Array {
	const uneven = smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 60);
	const border = smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 14);
	const grain = smoothNoise(random, VIRTUAL_WIDTH, VIRTUAL_HEIGHT, 3);
	return mapValues(placement.distance, (exactDistance, i) => {
		const distance = exactDistance + 0.035 * border[i]!;
		if (distance > 1.1) return 0;
		const fade = smoothStep((distance - 0.7) / 0.5);
		const pressure = skin.pressure + skin.unevenness * uneven[i]! - 1.1 * fade;
		const height = heightAt(master, placement.x[i]!, placement.y[i]!) + skin.grain * grain[i]!;
		const ridge = smoothStep((height + pressure) / skin.softness + 0.5);
		const moisture = (1 - fade) * (skin.moisture * smoothStep(0.6 + 0.6 * uneven[i]!) + skin.film);
		return (ridge + (1 - ridge) * moisture) * smoothStep((1.06 - distance) / 0.1);
	});
}

/** Returns the height of the skin at a point in finger coordinates; beyond the master, that of its edge. */
function heightAt({ width, height, data }: FloatImage, x: number, y: number): number {
	const column = Math.min(Math.max(x + width / 2, 0), width - 1.001);
	const row = Math.min(Math.max(y + height / 2, 0), height - 1.001);
	const left = Math.floor(column);
	const top = Math.floor(row);
	return blend(data, top * width + left, width, column - left, row - top);
}
