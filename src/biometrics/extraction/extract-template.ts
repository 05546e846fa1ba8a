import type { QualityHint } from '../../protocol/quality-hints.ts';
import type { Bitmap } from '../images/float-image.ts';
import type { GreyImage } from '../images/grey-image.ts';
import { checkImage } from '../images/image-limits.ts';
import { rescale } from '../images/rescale.ts';
import { encodeIsoRecord } from '../records/iso-record.ts';
import type { Minutia, MinutiaKind } from '../records/minutia.ts';
import { enhance } from './enhance.ts';
import { type ImpressionMeasures, measureImpression } from './measure-impression.ts';
import { normalise } from './normalise.ts';
import { estimateOrientation } from './orientation.ts';
import { explainQuality, scoreQuality, showsFinger } from './quality.ts';
import { estimatePeriod } from './ridge-period.ts';
import { findFinger, findStructure, measureFit } from './segment.ts';
import { binarise } from './skeleton/binarise.ts';
import { cleanSkeleton } from './skeleton/clean-skeleton.ts';
import { type FingerMap, findMinutiae } from './skeleton/find-minutiae.ts';
import { Skeleton } from './skeleton/skeleton.ts';
import { thin } from './skeleton/thin.ts';

/** What a picture of a finger gives. */
export interface Extraction {
	/** 0..100, an integer, higher is better; 0 without a finger. */
	readonly quality: number;
	/** Why the quality is low; empty when nothing is measurably wrong. */
	readonly hints: readonly QualityHint[];
	/** In pixels of the picture that was given, in no order. */
	readonly minutiae: readonly Minutia[];
	/** ISO/IEC 19794-2:2005 record; undefined when there are fewer than MIN_MINUTIAE. */
	readonly template: Uint8Array | undefined;
	/** False: the picture shows no finger at all. */
	readonly hasFingerprint: boolean;
}

/** Fewer cannot tell two fingers apart: courts ask for twelve, automatic matching gives up below about eight. */
export const MIN_MINUTIAE = 8;

const NO_FINGER: Extraction = { quality: 0, hints: [], minutiae: [], template: undefined, hasFingerprint: false };

/**
 * Read the minutiae of a finger off its picture. The stages are listed in README.md beside this file.
 *
 * @throws ServiceError INVALID_MESSAGE when the size or resolution is outside the limits, see `checkImage`, or pixels are missing
 */
export function extractTemplate(image: GreyImage): Extraction {
	checkImage(image);
	const { minutiae, impression } = analyseImage(image);
	if (!showsFinger(impression)) return NO_FINGER;
	const quality = scoreQuality(impression, minutiae.length);
	return {
		quality,
		hints: explainQuality(impression),
		minutiae,
		template: minutiae.length < MIN_MINUTIAE ? undefined : encodeIsoRecord({ ...image, quality, minutiae }),
		hasFingerprint: true,
	};
}

function analyseImage(image: GreyImage): { minutiae: Minutia[]; impression: ImpressionMeasures } {
	const { image: plane, scale } = rescale(image);
	const normalised = normalise(plane);
	const structure = findStructure(normalised.contrast);
	const field = estimateOrientation(normalised.ridges);
	const rhythm = estimatePeriod(normalised.ridges, field, structure);
	const enhanced = enhance(normalised.ridges, field, rhythm);
	const fit = measureFit(normalised.ridges, enhanced);
	const map: FingerMap = { field, finger: findFinger(fit), fit };
	const { ridges, valleys } = binarise(enhanced, map.finger);
	const minutiae = [...traceMinutiae(ridges, 'ridge-ending', map), ...traceMinutiae(valleys, 'bifurcation', map)];
	return {
		minutiae: minutiae.map((minutia) => toInputPixels(minutia, scale, image)),
		impression: measureImpression(normalised, enhanced, map),
	};
}

function traceMinutiae(lines: Bitmap, kind: MinutiaKind, map: FingerMap): Minutia[] {
	const skeleton = new Skeleton(thin(lines));
	cleanSkeleton(skeleton);
	return findMinutiae(skeleton, kind, map);
}

function toInputPixels(minutia: Minutia, scale: number, { width, height }: GreyImage): Minutia {
	if (scale === 1) return minutia;
	const x = Math.min(Math.max((minutia.x + 0.5) / scale - 0.5, 0), width - 1);
	const y = Math.min(Math.max((minutia.y + 0.5) / scale - 0.5, 0), height - 1);
	return { ...minutia, x, y };
}
