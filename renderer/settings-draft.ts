import { type ReadonlySignal, signal } from '@preact/signals';
import type { SettingValue, SettingView } from '../src/operator/contract.ts';

/** What the operator has entered for a setting: the typed text (one list entry per line), a switch position, or `RESET`. */
export type DraftEntry = string | boolean | typeof RESET;

/** Restores the default. */
export const RESET = null;

/** The values of a draft for `settings:write`, and the fields that cannot be sent. */
export interface DraftOutcome {
	readonly values: Readonly<Record<string, SettingValue | null>>;
	/** Fields of kind `number` whose entry is not a number. */
	readonly invalidNumbers: readonly string[];
}

/** The unsaved changes to settings and the errors of the last attempt to save them. */
export class SettingsDraft {
	readonly entries: ReadonlySignal<ReadonlyMap<string, DraftEntry>>;
	/** Error texts in the operator's language, by field. */
	readonly fieldErrors: ReadonlySignal<ReadonlyMap<string, string>>;
	private readonly changed = signal<ReadonlyMap<string, DraftEntry>>(new Map());
	private readonly shownErrors = signal<ReadonlyMap<string, string>>(new Map());

	constructor() {
		this.entries = this.changed;
		this.fieldErrors = this.shownErrors;
	}

	/** Stores an entry. An entry that equals the saved value is not a change. */
	edit(setting: SettingView, entry: DraftEntry): void {
		const entries = new Map(this.changed.value);
		if (isAsSaved(setting, entry)) entries.delete(setting.field);
		else entries.set(setting.field, entry);
		this.changed.value = entries;
		this.showErrors(new Map([...this.shownErrors.value].filter(([field]) => field !== setting.field)));
	}

	showErrors(errors: ReadonlyMap<string, string>): void {
		this.shownErrors.value = errors;
	}

	discard(): void {
		this.changed.value = new Map();
		this.shownErrors.value = new Map();
	}

	/** Returns the values of the draft, without changes to settings that no longer exist. */
	outcome(settings: readonly SettingView[]): DraftOutcome {
		const entered = settings.flatMap((setting) => {
			const entry = this.changed.value.get(setting.field);
			return entry === undefined ? [] : [[setting.field, parseEntry(setting, entry)] as const];
		});
		return {
			values: Object.fromEntries(entered.filter(([, value]) => !Number.isNaN(value))),
			invalidNumbers: entered.filter(([, value]) => Number.isNaN(value)).map(([field]) => field),
		};
	}
}

/** Returns the entry that represents a value. */
export function entryOf(kind: SettingView['kind'], value: SettingValue): string | boolean {
	if (typeof value === 'boolean') return value;
	return kind === 'list' && typeof value === 'object' ? value.join('\n') : String(value);
}

function isAsSaved(setting: SettingView, entry: DraftEntry): boolean {
	if (entry === RESET) return setting.source === 'default';
	const value = parseEntry(setting, entry);
	return value !== null && entryOf(setting.kind, value) === entryOf(setting.kind, setting.value);
}

/** Returns the value of an entry; NaN if a number is expected but the entry is empty or not a number. */
function parseEntry({ kind }: SettingView, entry: DraftEntry): SettingValue | null {
	if (entry === RESET || typeof entry === 'boolean') return entry;
	if (kind === 'number') return entry.trim() === '' ? Number.NaN : Number(entry);
	if (kind === 'list')
		return entry
			.split(/[\n,]/)
			.map((line) => line.trim())
			.filter((line) => line !== '');
	return kind === 'text' ? entry.trim() : entry;
}
