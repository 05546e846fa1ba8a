import { useId } from 'preact/hooks';
import type { SettingView } from '../../src/operator/contract.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { FieldError } from '../components/field.tsx';
import { type DraftEntry, entryOf, RESET } from '../settings-draft.ts';
import { useConsole, useText, useWindow } from '../window-context.ts';
import { SettingControl } from './setting-control.tsx';
import { hintOf, valueInWords, wordsOf } from './setting-text.ts';

/** One setting: label, control, and everything that must be said about it. */
export function SettingRow({ setting }: { readonly setting: SettingView }) {
	const text = useText();
	const { settingsDraft: draft } = useWindow();
	const id = useId();
	const { label } = wordsOf(text, setting);
	const entry = draft.entries.value.get(setting.field);
	const fault = draft.faults.value.get(setting.field);
	const isLocked = setting.source === 'environment' || setting.source === 'flag';
	return (
		<div class="setting">
			<div class="setting-text">
				<label for={id}>{label}</label>
				<p class="field-hint" id={`${id}-hint`}>
					{hintOf(text, setting)}
				</p>
				<SettingNotes setting={setting} isChanged={entry !== undefined} />
			</div>
			<div class="setting-control">
				<SettingControl
					control={{
						id,
						'aria-describedby': fault === undefined ? `${id}-hint` : `${id}-hint ${id}-error`,
						'aria-invalid': fault !== undefined,
					}}
					setting={setting}
					entry={shownEntry(setting, entry)}
					isLocked={isLocked}
					onEdit={(edited) => draft.edit(setting, edited)}
				/>
				{fault !== undefined && <FieldError id={`${id}-error`} text={fault} />}
				{!isLocked && isAwayFromDefault(setting, entry) && (
					<ResetButton setting={setting} onReset={() => draft.edit(setting, RESET)} />
				)}
			</div>
		</div>
	);
}

function ResetButton({ setting, onReset }: { readonly setting: SettingView; readonly onReset: () => void }) {
	const text = useText();
	const fallback = valueInWords(text, setting, setting.fallback);
	return (
		<Button variant="quiet" label={text.settings.resetOf(wordsOf(text, setting).label, fallback)} onClick={onReset}>
			{text.settings.reset(fallback)}
		</Button>
	);
}

/** What is particular about this setting now. */
function SettingNotes({ setting, isChanged }: { readonly setting: SettingView; readonly isChanged: boolean }) {
	const { settings } = useText();
	const isPending = useConsole().topics.settings.value?.pending.includes(setting.field);
	return (
		<div class="setting-notes">
			{isChanged && <Badge tone="neutral">{settings.changed}</Badge>}
			{isPending && <Badge tone="warning">{settings.takesEffectAfterRestart}</Badge>}
			{setting.source === 'environment' && <p class="field-hint">{settings.byEnvironment(variableOf(setting))}</p>}
			{setting.source === 'flag' && <p class="field-hint">{settings.byFlag}</p>}
		</div>
	);
}

function shownEntry(setting: SettingView, entry: DraftEntry | undefined): string | boolean {
	if (entry === RESET) return entryOf(setting.kind, setting.fallback);
	return entry ?? entryOf(setting.kind, setting.value);
}

function isAwayFromDefault(setting: SettingView, entry: DraftEntry | undefined): boolean {
	return entry !== RESET && (entry !== undefined || setting.source === 'file');
}

/** The environment variable of a setting, such as `FINGERPRINT_VIRTUAL_AUTO_TOUCH`. */
function variableOf({ field }: SettingView): string {
	return `FINGERPRINT_${field.replace(/[A-Z]/g, '_$&').replace('.', '_').toUpperCase()}`;
}
