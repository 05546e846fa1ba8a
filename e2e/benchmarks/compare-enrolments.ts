import { mergeRecords } from '../../src/biometrics/enrolment/merge-records.ts';
import { matchTemplates } from '../../src/biometrics/matching/match.ts';
import { type PreparedTemplate, prepareTemplate } from '../../src/biometrics/matching/prepared-template.ts';
import type { FingerView } from '../../src/biometrics/records/finger-view.ts';
import { decodeIsoRecord, encodeIsoRecord } from '../../src/biometrics/records/iso-record.ts';
import { type ErrorRates, errorRates, operatingPoints, thresholdAt } from './error-rates.ts';
import type { Impression } from './impressions.ts';

/** How enrolling a finger with three touches instead of one changes the error rates. */
export interface EnrolmentComparison {
	/** Number of enrolments. */
	readonly enrolments: number;
	/** Number of enrolments refused because the touches did not match; these are excluded from all rates. */
	readonly refused: number;
	/** Rates with the touches merged into one record. */
	readonly merged: EnrolmentRates;
	/** Rates with only the touch of the best quality. */
	readonly bestSingle: EnrolmentRates;
	/** Rates with three templates and the best of their scores. */
	readonly bestOfThree: EnrolmentRates;
}

export interface EnrolmentRates extends ErrorRates {
	/** See `thresholdAt`. */
	readonly scoreAtFmr1Percent: number;
	readonly scoreAtFmr01Percent: number;
}

/** The touches of an enrolment and the record merged from them. */
interface Enrolment {
	readonly touches: readonly Impression[];
	readonly merged: FingerView;
}

const TOUCHES = 3;

/**
 * Enrols each finger with every three successive impressions in three ways, and matches the enrolments with the other
 * impressions of the same finger (genuine) and with all impressions of other fingers (impostor).
 */
export function compareEnrolments(impressions: readonly Impression[]): EnrolmentComparison {
	const fingers = [...new Set(impressions.map(({ finger }) => finger))];
	const triples = fingers.flatMap((finger) => inThrees(impressions.filter((other) => other.finger === finger)));
	const enrolments = triples.flatMap(enrol);
	const rate = (templatesOf: (enrolment: Enrolment) => readonly PreparedTemplate[]) =>
		ratesOf(
			enrolments.map((enrolment) => ({ ...enrolment, templates: templatesOf(enrolment) })),
			impressions,
		);
	return {
		enrolments: enrolments.length,
		refused: triples.length - enrolments.length,
		merged: rate(({ merged }) => [prepareTemplate(merged)]),
		bestSingle: rate(({ touches }) => [bestTouch(touches).template]),
		bestOfThree: rate(({ touches }) => touches.map(({ template }) => template)),
	};
}

function inThrees(impressions: readonly Impression[]): Impression[][] {
	return impressions.slice(TOUCHES - 1).map((_, first) => impressions.slice(first, first + TOUCHES));
}

/** Returns no enrolment if the touches cannot be merged. The record is encoded and decoded, as for a client. */
function enrol(touches: readonly Impression[]): Enrolment[] {
	const merged = mergeRecords(touches.flatMap(({ record }) => record ?? []));
	return merged === undefined ? [] : [{ touches, merged: decodeIsoRecord(encodeIsoRecord(merged)) }];
}

function bestTouch(touches: readonly Impression[]): Impression {
	const quality = ({ record }: Impression) => record?.quality ?? 0;
	return touches.reduce((best, touch) => (quality(touch) > quality(best) ? touch : best));
}

function ratesOf(
	enrolments: readonly (Enrolment & { readonly templates: readonly PreparedTemplate[] })[],
	impressions: readonly Impression[],
): EnrolmentRates {
	const genuine: number[] = [];
	const impostor: number[] = [];
	for (const { touches, templates } of enrolments) {
		for (const probe of impressions) {
			if (touches.includes(probe)) continue;
			const score = Math.max(...templates.map((template) => matchTemplates(template, probe.template)));
			(probe.finger === touches[0]?.finger ? genuine : impostor).push(score);
		}
	}
	return {
		...errorRates(operatingPoints(genuine, impostor)),
		scoreAtFmr1Percent: thresholdAt(impostor, 0.01),
		scoreAtFmr01Percent: thresholdAt(impostor, 0.001),
	};
}
