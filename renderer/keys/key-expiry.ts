import { assertNever } from '../../src/protocol/assert-never.ts';

/** For how long a new key can be valid; `date` = until the end of a day that the operator picks. */
export const EXPIRY_CHOICES = ['never', 'day', 'month', 'quarter', 'year', 'date'] as const;

export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number];

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A day as a date field gives it, such as `2026-12-31`. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * When a key made now expires, ms since 1970; never = `undefined`.
 *
 * @param day the picked day for `date`; the key is valid until it ends on the clock of this machine
 * @throws RangeError if `day` is none, or is over
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
	if (!(end > nowMs)) throw new RangeError(`Not a day to come: ${day}`);
	return end;
}
