import { findAlignment } from '../matching/alignment-search.ts';
import { convexHull, HULL_MARGIN, type Hull, isWithin } from '../matching/hull.ts';
import { Pairer } from '../matching/pairing.ts';
import { compareByPosition, MATCH_DPI, prepareTemplate } from '../matching/prepared-template.ts';
import type { Minutia } from '../records/minutia.ts';
import { alignTouch, type EnrolmentTouch } from './enrolment-touch.ts';
import { mergeObservations } from './merge-observations.ts';

/** Number of touches that must cover the position of a minutia to refute one that only a single touch shows. */
const REFUTING_TOUCHES = 3;

/** The minutiae that touches of one finger agree on, in the coordinates of the first touch: pixels at 500 dpi, y down. */
export class Consensus {
	/** The observations of each minutia, at most one from each touch. */
	private readonly observations: Minutia[][];
	/** The part of the finger that each touch covers. */
	private readonly hulls: Hull[];

	constructor(reference: EnrolmentTouch) {
		this.observations = reference.minutiae.map((minutia) => [minutia]);
		this.hulls = [reference.template.hull];
	}

	/** Aligns another touch with the previous ones and adds its minutiae. A touch that cannot be aligned adds nothing. */
	add(touch: EnrolmentTouch): void {
		// Sorted like the minutiae of a template, so that the same index means the same minutia in both.
		const known = this.observations
			.map((observations) => ({ observations, ...mergeObservations(observations) }))
			.sort(compareByPosition);
		const template = prepareTemplate({ minutiae: known, dpi: MATCH_DPI });
		const best = findAlignment(touch.template, template);
		if (best === undefined) return;
		const pairing = new Pairer(touch.template, template);
		pairing.pair(best.alignment);
		const aligned = alignTouch(touch, best.alignment);
		for (const [i, minutia] of aligned.entries()) {
			if (pairing.weight[i]! > 0) known[pairing.partner[i]!]!.observations.push(minutia);
			else this.observations.push([minutia]);
		}
		this.hulls.push(hullOf(aligned));
	}

	/**
	 * Returns the merged minutiae. Minutiae observed in two or more touches are kept. Of the others, those are kept whose
	 * quality is at least the median and whose position is covered by at most one more touch.
	 */
	minutiae(): Minutia[] {
		const strong = medianQuality(this.observations.flat());
		return this.observations
			.filter(([first, second]) => second !== undefined || (first!.quality >= strong && !this.isRefuted(first!)))
			.map(mergeObservations);
	}

	private isRefuted({ x, y }: Minutia): boolean {
		return this.hulls.filter((hull) => isWithin(hull, x, -y, HULL_MARGIN)).length >= REFUTING_TOUCHES;
	}
}

function hullOf(minutiae: readonly Minutia[]): Hull {
	// In a hull, y points up.
	return convexHull({ x: Float64Array.from(minutiae, ({ x }) => x), y: Float64Array.from(minutiae, ({ y }) => -y) });
}

function medianQuality(minutiae: readonly Minutia[]): number {
	const qualities = minutiae.map(({ quality }) => quality).sort((a, b) => a - b);
	return qualities[qualities.length >> 1] ?? 0;
}
