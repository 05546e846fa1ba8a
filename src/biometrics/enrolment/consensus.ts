import { findAlignment } from '../matching/alignment-search.ts';
import { convexHull, HULL_MARGIN, type Hull, isWithin } from '../matching/hull.ts';
import { Pairer } from '../matching/pairing.ts';
import { compareByPosition, MATCH_DPI, prepareTemplate } from '../matching/prepared-template.ts';
import type { Minutia } from '../records/minutia.ts';
import { alignTouch, type EnrolmentTouch } from './enrolment-touch.ts';
import { mergeObservations } from './merge-observations.ts';

/** So many scans that should have shown a minutia refute it if only one of them did. */
const REFUTING_TOUCHES = 3;

/** What scans of one finger agree on, in the frame of the first: pixels at 500 dpi, y down. */
export class Consensus {
	/** For each minutia the sightings of it, at most one from each scan. */
	private readonly observations: Minutia[][];
	/** What each scan shows of the finger. */
	private readonly hulls: Hull[];

	constructor(reference: EnrolmentTouch) {
		this.observations = reference.minutiae.map((minutia) => [minutia]);
		this.hulls = [reference.template.hull];
	}

	/** Lay another scan over those that are there; one that has nothing in common with them adds nothing. */
	add(scan: EnrolmentTouch): void {
		// In the order of their template, so that an index means the same in both.
		const known = this.observations
			.map((sightings) => ({ sightings, ...mergeObservations(sightings) }))
			.sort(compareByPosition);
		const template = prepareTemplate({ minutiae: known, dpi: MATCH_DPI });
		const overlay = findAlignment(scan.template, template);
		if (overlay === undefined) return;
		const pairing = new Pairer(scan.template, template);
		pairing.pair(overlay.alignment);
		const laid = alignTouch(scan, overlay.alignment);
		for (const [i, minutia] of laid.entries()) {
			if (pairing.weight[i]! > 0) known[pairing.partner[i]!]!.sightings.push(minutia);
			else this.observations.push([minutia]);
		}
		this.hulls.push(hullOf(laid));
	}

	/**
	 * The minutiae that two scans or more have seen, merged, and of the others those that belong to the better half by
	 * their quality and lie where at most one scan more could have shown them.
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
	// Hulls have y up.
	return convexHull({ x: Float64Array.from(minutiae, ({ x }) => x), y: Float64Array.from(minutiae, ({ y }) => -y) });
}

function medianQuality(minutiae: readonly Minutia[]): number {
	const qualities = minutiae.map(({ quality }) => quality).sort((a, b) => a - b);
	return qualities[qualities.length >> 1] ?? 0;
}
