import type { QualityHint } from '../../protocol/quality-hints.ts';
import type { GreyImage } from '../images/grey-image.ts';
import { checkImage } from '../images/image-limits.ts';
import { rescale } from '../images/rescale.ts';
import { reusingMemory } from '../images/reused-memory.ts';
import { MIN_MINUTIAE } from '../records/finger-view.ts';
import { encodeIsoRecord } from '../records/iso-record.ts';
import type { Minutia, MinutiaKind } from '../records/minutia.ts';
import { cellsFor } from './cell-grid.ts';
import { type Crop, cropToContent } from './crop-to-content.ts';
import { findDeadArea } from './dead-area.ts';
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
import type { PackedBitmap } from './skeleton/packed-bitmap.ts';
import { rateMinutiae, type UnratedMinutia } from './skeleton/rate-minutiae.ts';
import { thin } from './skeleton/thin.ts';

/** The result of an extraction. */
export interface Extraction {
	/** An integer, 0..100, higher is better; 0 if there is no finger. */
	readonly quality: number;
	/** Why the quality is low; empty if no fault is measurable. */
	readonly hints: readonly QualityHint[];
	/** In pixels of the input image, unsorted. */
	readonly minutiae: readonly Minutia[];
	/** ISO/IEC 19794-2:2005 record; undefined if there are fewer minutiae than MIN_MINUTIAE. */
	readonly template: Uint8Array | undefined;
	/** Whether the image shows a finger. */
	readonly hasFingerprint: boolean;
}

const NO_FINGER: Extraction = { quality: 0, hints: [], minutiae: [], template: undefined, hasFingerprint: false };

/**
 * Extracts quality, minutiae and template from the image of a finger. `../README.md` describes the stages.
 *
 * @throws ServiceError INVALID_MESSAGE if the size, resolution or number of pixels is invalid, see `checkImage`
 */
export function extractTemplate(image: GreyImage): Extraction {
	checkImage(image);
	const { minutiae, impression } = reusingMemory(() => analyseImage(image));
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
	const crop = cropToContent(image);
	const { image: rescaled, scale } = rescale(crop.image);
	const whole = {
		left: -crop.left * scale,
		top: -crop.top * scale,
		width: Math.round(image.width * scale),
		height: Math.round(image.height * scale),
	};
	const dead = findDeadArea(rescaled, scale === 1 ? 1 : 2);
	const normalised = normalise(rescaled, dead);
	const emptyCells = cellsFor(whole).data.length - cellsFor(rescaled).data.length;
	const structure = findStructure(normalised.contrast, emptyCells);
	const field = estimateOrientation(normalised.ridges);
	const periods = estimatePeriod(normalised.ridges, field, structure);
	const enhanced = enhance(normalised.ridges, field, periods);
	const fit = measureFit(normalised.ridges, enhanced);
	const map: FingerMap = { field, finger: findFinger(fit), fit, dead };
	const { ridges, valleys } = binarise(enhanced, map.finger);
	const found = [...traceMinutiae(ridges, 'ridge-ending', map), ...traceMinutiae(valleys, 'bifurcation', map)];
	return {
		minutiae: rateMinutiae(found, enhanced).map((minutia) => toInputPixels(minutia, scale, crop)),
		impression: measureImpression(normalised, enhanced, map, periods.periods, whole),
	};
}

function traceMinutiae(lines: PackedBitmap, kind: MinutiaKind, map: FingerMap): UnratedMinutia[] {
	const skeleton = thin(lines);
	cleanSkeleton(skeleton);
	return findMinutiae(skeleton, kind, map);
}

function toInputPixels(minutia: Minutia, scale: number, { image, left, top }: Crop): Minutia {
	if (scale === 1) return { ...minutia, x: minutia.x + left, y: minutia.y + top };
	const x = Math.min(Math.max((minutia.x + 0.5) / scale - 0.5, 0), image.width - 1);
	const y = Math.min(Math.max((minutia.y + 0.5) / scale - 0.5, 0), image.height - 1);
	return { ...minutia, x: x + left, y: y + top };
}
