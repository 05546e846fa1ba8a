import { assertNever } from '../../src/protocol/assert-never.ts';

/** The choices for the validity of a new key; `date` means until the end of a day that the operator picks. */
export const EXPIRY_CHOICES = ['never', 'day', 'month', 'quarter', 'year', 'date'] as const;

export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number];

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The value format of a date input, such as `2026-12-31`. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Returns when a key created now expires, in ms since 1970; undefined means never.
 *
 * @param day for `date`: the last day, which ends at local midnight
 * @throws RangeError if `day` is invalid or in the past
 */
export function expiryMoment(choice: ExpiryChoice, day: string, nowMs: number): number | undefined {
	switch (choice) {
		case 'never':
			return undefined;
		case 'day':
			return nowMs + DAY_MS;
		case 'month':
			return nowMs + 30 * DAY_MS;
		case 'quarter':
			return nowMs + 90 * DAY_MS;
		case 'year':
			return nowMs + 365 * DAY_MS;
		case 'date':
			return endOfDay(day, nowMs);
		default:
			return assertNever(choice);
	}
}

function endOfDay(day: string, nowMs: number): number {
	const [, year, month, date] = DAY.exec(day) ?? [];
	const end = new Date(Number(year), Number(month) - 1, Number(date) + 1).getTime() - 1;
	if (!(end > nowMs))
		throw new RangeError(`The day ${day} is not valid or is in the past. Choose today or a later day.`);
	return end;
}
