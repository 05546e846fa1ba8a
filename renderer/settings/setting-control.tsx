import type { SettingView } from '../../src/operator/contract.ts';
import type { ControlProps } from '../components/forms/field.tsx';
import { Select } from '../components/forms/select.tsx';
import { isDuration } from '../settings-draft.ts';
import { useText } from '../window-context.ts';
import { choiceLabel } from './setting-text.ts';

export interface SettingControlProps {
	readonly control: ControlProps;
	readonly setting: SettingView;
	readonly entry: string | boolean;
	readonly isLocked: boolean;
	readonly onEdit: (entry: string | boolean) => void;
}

/** Shows the form control for the kind of a setting. */
export function SettingControl({ control, setting, entry, isLocked, onEdit }: SettingControlProps) {
	const text = useText();
	if (typeof entry === 'boolean') {
		return (
			<input
				{...control}
				class="switch-input"
				type="checkbox"
				role="switch"
				aria-checked={entry}
				checked={entry}
				disabled={isLocked}
				onChange={(event) => onEdit(event.currentTarget.checked)}
			/>
		);
	}
	if (setting.kind === 'choice') {
		const options = setting.choices.map((value) => ({ value, label: choiceLabel(text, setting.field, value) }));
		return <Select control={control} value={entry} options={options} isDisabled={isLocked} onChange={onEdit} />;
	}
	if (setting.kind === 'list') {
		return (
			<textarea
				{...control}
				class="input input-code"
				dir="ltr"
				rows={Math.min(6, entry.split('\n').length + 1)}
				placeholder={text.settings.listHint}
				disabled={isLocked}
				value={entry}
				onInput={(event) => onEdit(event.currentTarget.value)}
			/>
		);
	}
	return (
		<span class="setting-input">
			<input
				{...control}
				class={`input ${setting.kind === 'number' ? 'input-number' : 'input-code'}`}
				inputMode={isDuration(setting) ? 'decimal' : setting.kind === 'number' ? 'numeric' : 'text'}
				autocomplete="off"
				disabled={isLocked}
				value={entry}
				onInput={(event) => onEdit(event.currentTarget.value)}
			/>
			{isDuration(setting) && <span class="field-hint">{text.settings.seconds}</span>}
		</span>
	);
}
