import { normaliseAngle } from '../matching/angle.ts';
import type { Minutia } from '../records/minutia.ts';

/**
 * Merges the observations of one minutia in several touches: mean position and direction, the kind of the observation with
 * the best quality, and a quality that grows with each observation, as if each were correct with a probability equal to its
 * quality and independent of the others.
 *
 * @param observations at least one
 */
export function mergeObservations(observations: readonly Minutia[]): Minutia {
	const mean = (part: (minutia: Minutia) => number) =>
		observations.reduce((sum, minutia) => sum + part(minutia), 0) / observations.length;
	const best = observations.reduce((a, b) => (b.quality > a.quality ? b : a));
	const errorProbability = observations.reduce((product, { quality }) => product * (1 - quality / 100), 1);
	return {
		kind: best.kind,
		x: mean(({ x }) => x),
		y: mean(({ y }) => y),
		angle: normaliseAngle(
			Math.atan2(
				mean(({ angle }) => Math.sin(angle)),
				mean(({ angle }) => Math.cos(angle)),
			),
		),
		quality: 100 * (1 - errorProbability),
	};
}
