import type { Language } from '../../src/protocol/languages.ts';

/** The plural forms of a text; a language without a singular form needs only `other`. */
export interface PluralForms {
	readonly one?: string;
	readonly other: string;
}

/** Formats numbers, times and counts for a language. Moments are ms since 1970, shown in local time. */
export interface Formats {
	number(value: number): string;
	/** Day and time of day, such as "24 Nov 2026, 14:05". */
	dateTime(moment: number): string;
	/** Such as "24 Nov 2026". */
	date(moment: number): string;
	/** Such as "14:05:09". */
	time(moment: number): string;
	/** The difference in the largest fitting unit, such as "3 minutes ago"; "now" below 5 s. */
	relative(moment: number, now: number): string;
	/** Such as "3 minutes"; at least one second. */
	duration(durationMs: number): string;
	/** The plural form for a count, with `#` replaced by the number. */
	plural(count: number, forms: PluralForms): string;
	/** Such as "a, b, and c". */
	list(items: readonly string[]): string;
}

const UNITS = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
	['second', 1_000],
] as const;

/** A smaller difference is shown as "now". */
const NOW_THRESHOLD_MS = 5_000;

/** Creates the formats of a language. English is British, with the day before the month and a 24-hour clock. */
export function createFormats(language: Language): Formats {
	const locale = language === 'en' ? 'en-GB' : language;
	const number = new Intl.NumberFormat(locale);
	const rules = new Intl.PluralRules(locale);
	const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
	const list = new Intl.ListFormat(locale);
	const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
	const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
	const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
	return {
		number: (value) => number.format(value),
		dateTime: (moment) => dateTime.format(moment),
		date: (moment) => date.format(moment),
		time: (moment) => time.format(moment),
		relative: (moment, now) => relativeTime(ago, moment - now),
		duration: (durationMs) => {
			const [unit, count] = largestUnit(Math.max(durationMs, 1_000));
			return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
		},
		plural: (count, forms) => {
			const form = rules.select(count) === 'one' ? (forms.one ?? forms.other) : forms.other;
			return form.replace('#', number.format(count));
		},
		list: (items) => list.format(items),
	};
}

function relativeTime(ago: Intl.RelativeTimeFormat, differenceMs: number): string {
	if (Math.abs(differenceMs) < NOW_THRESHOLD_MS) return ago.format(0, 'second');
	const [unit, count] = largestUnit(Math.abs(differenceMs));
	return ago.format(Math.sign(differenceMs) * count, unit);
}

function largestUnit(durationMs: number) {
	const [unit, unitMs] = UNITS.find(([, length]) => durationMs >= length) ?? UNITS[3];
	return [unit, Math.floor(durationMs / unitMs)] as const;
}
