import { type ReadonlySignal, signal } from '@preact/signals';
import type { SettingValue, SettingView } from '../src/operator/contract.ts';

/** What the operator has entered for a setting: the typed text (one list entry per line), a switch position, or `RESET`. */
export type DraftEntry = string | boolean | typeof RESET;

/** Restores the default. */
export const RESET = null;

interface Change {
	readonly entry: DraftEntry;
	/** The saved value that the operator has seen. */
	readonly seen: SettingValue;
}

/** A draft as the input of `settings:write`, and the fields that prevent this. */
export interface DraftOutcome {
	readonly values: Readonly<Record<string, SettingValue | null>>;
	/** The saved values that the operator has seen, which must still be the current ones. */
	readonly replaces: Readonly<Record<string, SettingValue>>;
	/** Fields of kind `number` whose entry is not a number. */
	readonly invalidNumbers: readonly string[];
	/** Fields for which the operator has to choose between two changes. */
	readonly conflicts: readonly string[];
}

/** The unsaved changes to settings and the errors of the last attempt to save them. */
export class SettingsDraft {
	/** Error texts in the operator's language, by field. */
	readonly fieldErrors: ReadonlySignal<ReadonlyMap<string, string>>;
	private readonly changes = signal<ReadonlyMap<string, Change>>(new Map());
	private readonly shownErrors = signal<ReadonlyMap<string, string>>(new Map());

	constructor() {
		this.fieldErrors = this.shownErrors;
	}

	/** Returns the entry for a setting; undefined if there is none or it equals the saved value. */
	entryFor(setting: SettingView): DraftEntry | undefined {
		const entry = this.changes.value.get(setting.field)?.entry;
		return entry === undefined || isAsSaved(setting, entry) ? undefined : entry;
	}

	/** Returns whether a setting was changed elsewhere after the operator had begun to change it here. */
	conflictsWith(setting: SettingView): boolean {
		const change = this.changes.value.get(setting.field);
		return change !== undefined && !isAsSaved(setting, change.entry) && !isEqual(change.seen, setting.value);
	}

	/** Stores an entry. An entry that equals the saved value is not a change. */
	edit(setting: SettingView, entry: DraftEntry): void {
		const seen = this.conflictsWith(setting) ? this.changes.value.get(setting.field)?.seen : setting.value;
		this.set(setting.field, isAsSaved(setting, entry) ? undefined : { entry, seen: seen ?? setting.value });
	}

	/** Resolves a conflict in favour of the entry. */
	keep(setting: SettingView): void {
		const change = this.changes.value.get(setting.field);
		this.set(setting.field, change && { ...change, seen: setting.value });
	}

	/** Discards the entry for a setting, which also resolves a conflict. */
	drop(setting: SettingView): void {
		this.set(setting.field, undefined);
	}

	showErrors(errors: ReadonlyMap<string, string>): void {
		this.shownErrors.value = errors;
	}

	discard(): void {
		this.changes.value = new Map();
		this.shownErrors.value = new Map();
	}

	/** Returns the values of the draft, without changes to settings that no longer exist. */
	outcome(settings: readonly SettingView[]): DraftOutcome {
		const changed = settings.flatMap((setting) => {
			const entry = this.entryFor(setting);
			return entry === undefined ? [] : [{ setting, field: setting.field, value: parseEntry(setting, entry) }];
		});
		const valid = changed.filter(({ value }) => !Number.isNaN(value));
		return {
			values: Object.fromEntries(valid.map(({ field, value }) => [field, value])),
			replaces: Object.fromEntries(valid.map(({ field, setting }) => [field, setting.value])),
			invalidNumbers: changed.filter(({ value }) => Number.isNaN(value)).map(({ field }) => field),
			conflicts: changed.filter(({ setting }) => this.conflictsWith(setting)).map(({ field }) => field),
		};
	}

	private set(field: string, change: Change | undefined): void {
		const changes = new Map(this.changes.value);
		if (change === undefined) changes.delete(field);
		else changes.set(field, change);
		this.changes.value = changes;
		this.showErrors(new Map([...this.shownErrors.value].filter(([name]) => name !== field)));
	}
}

/** Returns the entry that represents a value. */
export function entryOf(setting: SettingView, value: SettingValue): string | boolean {
	if (typeof value === 'boolean') return value;
	if (typeof value === 'number') return String(toShownNumber(setting, value));
	return setting.kind === 'list' && typeof value === 'object' ? value.join('\n') : String(value);
}

function isAsSaved(setting: SettingView, entry: DraftEntry): boolean {
	if (entry === RESET) return setting.source === 'default';
	const value = parseEntry(setting, entry);
	return value !== null && isEqual(value, setting.value);
}

function isEqual(one: SettingValue, other: SettingValue): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** Returns the value of an entry; NaN if a number is expected but the entry is empty or not a number. */
function parseEntry(setting: SettingView, entry: DraftEntry): SettingValue | null {
	const { kind } = setting;
	if (entry === RESET || typeof entry === 'boolean') return entry;
	if (kind === 'number') return entry.trim() === '' ? Number.NaN : toSavedNumber(setting, Number(entry));
	if (kind === 'list')
		return entry
			.split(/[\n,]/)
			.map((line) => line.trim())
			.filter((line) => line !== '');
	return kind === 'text' ? entry.trim() : entry;
}

/** Returns whether a number is a duration, which is saved in milliseconds, and shown and edited in seconds. */
export function isDuration({ field }: SettingView): boolean {
	return field.endsWith('Ms');
}

/** Converts a saved number to the shown one. */
export function toShownNumber(setting: SettingView, saved: number): number {
	return isDuration(setting) ? saved / 1_000 : saved;
}

function toSavedNumber(setting: SettingView, shown: number): number {
	// Without rounding, 1.001 s would become 1000.9999999999999 ms.
	return isDuration(setting) ? Math.round(shown * 1_000) : shown;
}
