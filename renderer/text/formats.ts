import type { Language } from '../../src/protocol/languages.ts';

/** The forms of a text for a count; a language that does not tell one from many needs `other` alone. */
export interface PluralForms {
	readonly one?: string;
	readonly other: string;
}

/** Numbers, moments and counts as a language writes them. Moments are ms since 1970, shown in the time zone of this machine. */
export interface Formats {
	number(value: number): string;
	/** Day and time of day, such as "24 Nov 2026, 14:05". */
	dateTime(moment: number): string;
	/** Such as "24 Nov 2026". */
	date(moment: number): string;
	/** Such as "14:05:09". */
	time(moment: number): string;
	/** How long ago or ahead in the largest unit that fits, such as "3 minutes ago"; "now" within some seconds. */
	relative(moment: number, now: number): string;
	/** Such as "3 minutes"; at least one second. */
	duration(durationMs: number): string;
	/** The form for a count, with `#` replaced by the number. */
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

/** Below this a moment is "now". */
const NOW_THRESHOLD_MS = 5_000;

/** The formats of a language. British English, since it writes the day before the month and 24 hours. */
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
