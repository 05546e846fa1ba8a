import { useId } from 'preact/hooks';
import type { SettingView } from '../../src/operator/contract.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/buttons/button.tsx';
import { FieldError } from '../components/forms/field.tsx';
import { Banner } from '../components/messages/banner.tsx';
import { type DraftEntry, entryOf, RESET } from '../settings-draft.ts';
import { useOperatorStore, useText, useWindowServices } from '../window-context.ts';
import { SettingControl } from './setting-control.tsx';
import { formatSettingValue, hintOf, labelsOf } from './setting-text.ts';

/** Shows one setting: label, description, control and notes. */
export function SettingRow({ setting }: { readonly setting: SettingView }) {
	const text = useText();
	const { settingsDraft: draft } = useWindowServices();
	const id = useId();
	const { label } = labelsOf(text, setting);
	const entry = draft.entryFor(setting);
	const error = draft.fieldErrors.value.get(setting.field);
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
						'aria-describedby': error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`,
						'aria-invalid': error !== undefined,
					}}
					setting={setting}
					entry={shownEntry(setting, entry)}
					isLocked={isLocked}
					onEdit={(edited) => draft.edit(setting, edited)}
				/>
				{error !== undefined && <FieldError id={`${id}-error`} text={error} />}
				{!isLocked && differsFromDefault(setting, entry) && (
					<ResetButton setting={setting} onReset={() => draft.edit(setting, RESET)} />
				)}
			</div>
			{draft.conflictsWith(setting) && <Conflict setting={setting} controlId={id} />}
		</div>
	);
}

/** Offers the choice between the entry of the operator and the value that was saved elsewhere meanwhile. */
function Conflict({ setting, controlId }: { readonly setting: SettingView; readonly controlId: string }) {
	const text = useText();
	const { settingsDraft: draft } = useWindowServices();
	const { label } = labelsOf(text, setting);
	const saved = formatSettingValue(text, setting, setting.value);
	const resolve = (choose: () => void) => {
		choose();
		document.getElementById(controlId)?.focus();
	};
	return (
		<div class="setting-conflict">
			<Banner
				tone="warning"
				title={text.settings.changedElsewhere(saved)}
				actions={
					<>
						<Button label={text.settings.keepEntryOf(label)} onClick={() => resolve(() => draft.keep(setting))}>
							{text.settings.keepEntry}
						</Button>
						<Button label={text.settings.useSavedOf(label, saved)} onClick={() => resolve(() => draft.drop(setting))}>
							{text.settings.useSaved(saved)}
						</Button>
					</>
				}
			/>
		</div>
	);
}

function ResetButton({ setting, onReset }: { readonly setting: SettingView; readonly onReset: () => void }) {
	const text = useText();
	const fallback = formatSettingValue(text, setting, setting.fallback);
	return (
		<Button variant="quiet" label={text.settings.resetOf(labelsOf(text, setting).label, fallback)} onClick={onReset}>
			{text.settings.reset(fallback)}
		</Button>
	);
}

/** Notes about the current state of a setting. */
function SettingNotes({ setting, isChanged }: { readonly setting: SettingView; readonly isChanged: boolean }) {
	const { settings } = useText();
	const isPending = useOperatorStore().topics.settings.value?.pending.includes(setting.field);
	return (
		<div class="setting-notes">
			{isChanged && <Badge tone="neutral">{settings.changed}</Badge>}
			{isPending && <Badge tone="warning">{settings.takesEffect[setting.effect]}</Badge>}
			{setting.source === 'environment' && <p class="field-hint">{settings.byEnvironment(setting.variable)}</p>}
			{setting.source === 'flag' && <p class="field-hint">{settings.byFlag}</p>}
		</div>
	);
}

function shownEntry(setting: SettingView, entry: DraftEntry | undefined): string | boolean {
	if (entry === RESET) return entryOf(setting, setting.fallback);
	return entry ?? entryOf(setting, setting.value);
}

function differsFromDefault(setting: SettingView, entry: DraftEntry | undefined): boolean {
	return entry !== RESET && (entry !== undefined || setting.source === 'file');
}
