import { normaliseAngle } from '../matching/angle.ts';
import type { Minutia } from '../records/minutia.ts';

/**
 * One minutia out of the sightings of it in several scans: mean place and direction, the kind of the clearest sighting, and a
 * quality that grows with each, as if every sighting were right with the probability that its quality says.
 *
 * @param sightings at least one
 */
export function mergeObservations(sightings: readonly Minutia[]): Minutia {
	const mean = (part: (minutia: Minutia) => number) =>
		sightings.reduce((sum, minutia) => sum + part(minutia), 0) / sightings.length;
	const clearest = sightings.reduce((best, minutia) => (minutia.quality > best.quality ? minutia : best));
	const doubt = sightings.reduce((product, { quality }) => product * (1 - quality / 100), 1);
	return {
		kind: clearest.kind,
		x: mean(({ x }) => x),
		y: mean(({ y }) => y),
		angle: normaliseAngle(
			Math.atan2(
				mean(({ angle }) => Math.sin(angle)),
				mean(({ angle }) => Math.cos(angle)),
			),
		),
		quality: 100 * (1 - doubt),
	};
}
