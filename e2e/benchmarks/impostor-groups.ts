import { mergeRecords } from '../../src/biometrics/enrolment/merge-records.ts';
import { matchTemplates } from '../../src/biometrics/matching/match.ts';
import { type PreparedTemplate, prepareTemplate } from '../../src/biometrics/matching/prepared-template.ts';
import { type FingerView, MIN_MINUTIAE } from '../../src/biometrics/records/finger-view.ts';
import { scorePairs } from './compare-impressions.ts';
import type { Impression } from './impressions.ts';
import { randomNumbers } from './random-numbers.ts';

/** The scores of pairs of different fingers of one kind. */
export interface ImpostorGroup {
	readonly name: string;
	readonly scores: readonly number[];
}

/** A set of images. */
export interface ImpressionSet {
	readonly name: string;
	readonly impressions: readonly Impression[];
}

type Usable = Impression & { readonly record: FingerView };

const PAIRS_ACROSS = 100_000;
const PAIRS_CUT = 80_000;
/** Largest number of minutiae of a cut template. */
const MAX_CUT = 20;
const TOUCHES = 3;

/** Returns the pairs of different fingers within each set, across the sets, and with cut and merged templates. */
export function impostorGroups(sets: readonly ImpressionSet[]): ImpostorGroup[] {
	return [
		...sets.map(({ name, impressions }) => ({
			name,
			scores: scorePairs(impressions).impostor.map(({ score }) => score),
		})),
		...(sets.length > 1 ? [{ name: 'across sets', scores: scoreAcross(sets) }] : []),
		{ name: `cut to ${MIN_MINUTIAE}..${MAX_CUT} minutiae`, scores: scoreCut(sets) },
		{ name: 'merged templates', scores: sets.flatMap(({ impressions }) => scoreMerged(impressions)) },
	];
}

function scoreAcross(sets: readonly ImpressionSet[]): number[] {
	const random = randomNumbers(1);
	return Array.from({ length: PAIRS_ACROSS }, () => {
		const first = pick(sets, random);
		const second = pick(
			sets.filter((other) => other !== first),
			random,
		);
		return matchTemplates(pick(first.impressions, random).template, pick(second.impressions, random).template);
	});
}

/** Matches a part of a template, as a small reader or a window leaves it, with whole templates of other fingers of its set. */
function scoreCut(sets: readonly ImpressionSet[]): number[] {
	const random = randomNumbers(2);
	const usable = sets.map(({ impressions }) => impressions.filter(isUsable));
	const scores: number[] = [];
	while (scores.length < PAIRS_CUT) {
		const impressions = pick(usable, random);
		const [a, b] = [pick(impressions, random), pick(impressions, random)];
		if (a.finger !== b.finger) scores.push(matchTemplates(cut(a.record, random), b.template));
	}
	return scores;
}

/** Returns the minutiae nearest to a random one. */
function cut({ minutiae, dpi }: FingerView, random: () => number): PreparedTemplate {
	const centre = pick(minutiae, random);
	const count = MIN_MINUTIAE + Math.floor(random() * (MAX_CUT - MIN_MINUTIAE + 1));
	const distance = ({ x, y }: { x: number; y: number }) => Math.hypot(x - centre.x, y - centre.y);
	return prepareTemplate({ dpi, minutiae: minutiae.toSorted((a, b) => distance(a) - distance(b)).slice(0, count) });
}

/** Enrols each finger with its first impressions and matches it with all impressions of other fingers. */
function scoreMerged(impressions: readonly Impression[]): number[] {
	const fingers = Map.groupBy(impressions.filter(isUsable), ({ finger }) => finger);
	return [...fingers].flatMap(([finger, touches]) => {
		const merged = mergeRecords(touches.slice(0, TOUCHES).map(({ record }) => record));
		if (merged === undefined) return [];
		const template = prepareTemplate(merged);
		const others = impressions.filter((other) => other.finger !== finger);
		return others.map((other) => matchTemplates(template, other.template));
	});
}

function isUsable(impression: Impression): impression is Usable {
	return impression.record !== undefined;
}

function pick<T>(items: readonly T[], random: () => number): T {
	const item = items[Math.floor(random() * items.length)];
	if (item === undefined) throw new Error('a set without usable images');
	return item;
}
