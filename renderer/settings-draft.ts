import { type ReadonlySignal, signal } from '@preact/signals';
import type { SettingValue, SettingView } from '../src/operator/contract.ts';

/** What the operator has entered for a setting: as text while it is typed (one list entry a line), or back to the default. */
export type DraftEntry = string | boolean | typeof RESET;

/** Back to the default. */
export const RESET = null;

/** What a draft comes to: what `settings:write` takes, or the fields that cannot be sent. */
export interface DraftOutcome {
	readonly values: Readonly<Record<string, SettingValue | null>>;
	/** Fields of kind `number` that hold no number. */
	readonly notNumbers: readonly string[];
}

/** The changes to settings that are not saved yet, and why the last attempt to save them was refused. */
export class SettingsDraft {
	readonly entries: ReadonlySignal<ReadonlyMap<string, DraftEntry>>;
	/** What is wrong, by field, in words for the operator. */
	readonly faults: ReadonlySignal<ReadonlyMap<string, string>>;
	private readonly changed = signal<ReadonlyMap<string, DraftEntry>>(new Map());
	private readonly refused = signal<ReadonlyMap<string, string>>(new Map());

	constructor() {
		this.entries = this.changed;
		this.faults = this.refused;
	}

	/** Take what was entered; what comes to the saved value again is no change any more. */
	edit(setting: SettingView, entry: DraftEntry): void {
		const entries = new Map(this.changed.value);
		if (isAsSaved(setting, entry)) entries.delete(setting.field);
		else entries.set(setting.field, entry);
		this.changed.value = entries;
		this.refuse(new Map([...this.refused.value].filter(([field]) => field !== setting.field)));
	}

	refuse(faults: ReadonlyMap<string, string>): void {
		this.refused.value = faults;
	}

	discard(): void {
		this.changed.value = new Map();
		this.refused.value = new Map();
	}

	/** What the draft comes to; changes of settings that are not in the list any more are left out. */
	outcome(settings: readonly SettingView[]): DraftOutcome {
		const entered = settings.flatMap((setting) => {
			const entry = this.changed.value.get(setting.field);
			return entry === undefined ? [] : [[setting.field, meaningOf(setting, entry)] as const];
		});
		return {
			values: Object.fromEntries(entered.filter(([, value]) => !Number.isNaN(value))),
			notNumbers: entered.filter(([, value]) => Number.isNaN(value)).map(([field]) => field),
		};
	}
}

/** The entry that stands for a value, to begin with. */
export function entryOf(kind: SettingView['kind'], value: SettingValue): string | boolean {
	if (typeof value === 'boolean') return value;
	return kind === 'list' && typeof value === 'object' ? value.join('\n') : String(value);
}

function isAsSaved(setting: SettingView, entry: DraftEntry): boolean {
	if (entry === RESET) return setting.source === 'default';
	const value = meaningOf(setting, entry);
	return value !== null && entryOf(setting.kind, value) === entryOf(setting.kind, setting.value);
}

/** The value that an entry stands for; NaN where a number is wanted and none is there. */
function meaningOf({ kind }: SettingView, entry: DraftEntry): SettingValue | null {
	if (entry === RESET || typeof entry === 'boolean') return entry;
	if (kind === 'number') return entry.trim() === '' ? Number.NaN : Number(entry);
	if (kind === 'list')
		return entry
			.split(/[\n,]/)
			.map((line) => line.trim())
			.filter((line) => line !== '');
	return kind === 'text' ? entry.trim() : entry;
}
